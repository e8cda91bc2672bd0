using System.Runtime.CompilerServices;

namespace Tessera;

// Functions without results give a zero for each input.
public sealed partial class WorkerPool
{
    /// <summary>Calls a function that has no result for each input, several at once, and waits for the end.</summary>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public void ForEach<T>(
        Action<T> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Zero(function)), Named(function, expression), Of(inputs), options).Results();

    /// <summary>Begins to call a function that has no result for each input, several at once.</summary>
    /// <returns>A task that ends with the last of the calls.</returns>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public Task ForEachAsync<T>(
        Action<T> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(Zero(function)), Named(function, expression), Of(inputs), options).Task;

    /// <summary>The same for an asynchronous function: a call that waits occupies no worker, so that many are under way at a time.</summary>
    /// <inheritdoc cref="ForEachAsync{T}(Action{T}, IEnumerable{T}, MapOptions?, string)"/>
    public Task ForEachAsync<T>(
        Func<T, Task> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Begin(Zero(function)), Named(function, expression), Of(inputs), options).Task;

    /// <summary>The same for a function that heeds a token, which fires when the map is stopped or the function's time is up.</summary>
    /// <inheritdoc cref="ForEachAsync{T}(Action{T}, IEnumerable{T}, MapOptions?, string)"/>
    public Task ForEachAsync<T>(
        Func<T, CancellationToken, Task> function, IEnumerable<T> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Begin(Zero(function)), Named(function, expression), Of(inputs), options).Task;

    private static Func<T, byte> Zero<T>(Action<T> function) => input =>
    {
        function(input);
        return 0;
    };

    private static Func<T, Task<byte>> Zero<T>(Func<T, Task> function) => async input =>
    {
        await Begun(function(input)).ConfigureAwait(false);
        return 0;
    };

    private static Func<T, CancellationToken, Task<byte>> Zero<T>(Func<T, CancellationToken, Task> function) => async (input, stop) =>
    {
        await Begun(function(input, stop)).ConfigureAwait(false);
        return 0;
    };
}
