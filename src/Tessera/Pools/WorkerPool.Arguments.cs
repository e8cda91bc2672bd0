using System.Runtime.CompilerServices;

namespace Tessera;

public sealed partial class WorkerPool
{
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public TResult[] Map<T1, T2, TResult>(
        Func<T1, T2, TResult> function, IEnumerable<(T1, T2)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Results();

    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public Task<TResult[]> MapAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> function, IEnumerable<(T1, T2)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Task;

    /// <inheritdoc cref="MapLazy{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapLazy<T1, T2, TResult>(
        Func<T1, T2, TResult> function, IEnumerable<(T1, T2)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapUnordered<T1, T2, TResult>(
        Func<T1, T2, TResult> function, IEnumerable<(T1, T2)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false));

    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> function, IEnumerable<(T1, T2)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> function, IEnumerable<(T1, T2)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false));

    private static Func<(T1, T2), TResult> Spread<T1, T2, TResult>(Func<T1, T2, TResult> function) => items => function(items.Item1, items.Item2);

    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public TResult[] Map<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, IEnumerable<(T1, T2, T3)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Results();

    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public Task<TResult[]> MapAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, IEnumerable<(T1, T2, T3)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Task;

    /// <inheritdoc cref="MapLazy{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapLazy<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, IEnumerable<(T1, T2, T3)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapUnordered<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, IEnumerable<(T1, T2, T3)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false));

    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, IEnumerable<(T1, T2, T3)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, IEnumerable<(T1, T2, T3)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false));

    private static Func<(T1, T2, T3), TResult> Spread<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> function) => items => function(items.Item1, items.Item2, items.Item3);

    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public TResult[] Map<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, IEnumerable<(T1, T2, T3, T4)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Results();

    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public Task<TResult[]> MapAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, IEnumerable<(T1, T2, T3, T4)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Task;

    /// <inheritdoc cref="MapLazy{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapLazy<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, IEnumerable<(T1, T2, T3, T4)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapUnordered<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, IEnumerable<(T1, T2, T3, T4)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false));

    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, IEnumerable<(T1, T2, T3, T4)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, IEnumerable<(T1, T2, T3, T4)> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false));

    private static Func<(T1, T2, T3, T4), TResult> Spread<T1, T2, T3, T4, TResult>(Func<T1, T2, T3, T4, TResult> function) => items => function(items.Item1, items.Item2, items.Item3, items.Item4);
}
