using System.Runtime.CompilerServices;

namespace Tessera;

public sealed partial class WorkerPool
{
    /// <summary>Calls a function in a worker and waits for its result.</summary>
    /// <param name="function">Is called in a worker; for processes it travels there with the variables that it captures.</param>
    /// <param name="options">How.</param>
    /// <param name="expression">The text of the function, for messages; the compiler fills it in.</param>
    /// <exception cref="WorkerException">The function failed; says why.</exception>
    /// <exception cref="System.Runtime.Serialization.SerializationException">The function captures something that can't travel to a process.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired, or the pool was terminated.</exception>
    /// <exception cref="InvalidOperationException">The pool was closed.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    public TResult Apply<TResult>(
        Func<TResult> function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call((byte _) => function()), Named(function, expression), (byte)0, options).Results()[0];

    /// <summary>Begins to call a function in a worker.</summary>
    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<TResult>(
        Func<TResult> function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call((byte _) => function()), Named(function, expression), (byte)0, options).FirstAsync();

    /// <summary>The same for an asynchronous function: a call that waits occupies no worker.</summary>
    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<TResult>(
        Func<Task<TResult>> function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin((byte _) => function()), Named(function, expression), (byte)0, options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T, TResult>(
        Func<T, TResult> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(function), Named(function, expression), argument, options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T, TResult>(
        Func<T, TResult> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(function), Named(function, expression), argument, options).FirstAsync();

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{Task{TResult}}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T, TResult>(
        Func<T, Task<TResult>> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin(function), Named(function, expression), argument, options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T1, T2, TResult>(
        Func<T1, T2, TResult> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2), options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2), options).FirstAsync();

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{Task{TResult}}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin(Spread(function)), Named(function, expression), (argument1, argument2), options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3), options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3), options).FirstAsync();

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{Task{TResult}}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin(Spread(function)), Named(function, expression), (argument1, argument2, argument3), options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3, argument4), options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3, argument4), options).FirstAsync();

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{Task{TResult}}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, Task<TResult>> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin(Spread(function)), Named(function, expression), (argument1, argument2, argument3, argument4), options).FirstAsync();

    /// <summary>Calls a function that has no result in a worker, and waits for its end.</summary>
    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public void Apply(
        Action function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<byte, byte>(_ =>
        {
            function();
            return 0;
        }), Named(function, expression), (byte)0, options).Results();

    /// <inheritdoc cref="Apply(Action, MapOptions?, string)"/>
    public void Apply<T>(
        Action<T> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<T, byte>(items =>
        {
            function(items);
            return 0;
        }), Named(function, expression), argument, options).Results();

    /// <inheritdoc cref="Apply(Action, MapOptions?, string)"/>
    public void Apply<T1, T2>(
        Action<T1, T2> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<(T1, T2), byte>(items =>
        {
            function(items.Item1, items.Item2);
            return 0;
        }), Named(function, expression), (argument1, argument2), options).Results();

    /// <inheritdoc cref="Apply(Action, MapOptions?, string)"/>
    public void Apply<T1, T2, T3>(
        Action<T1, T2, T3> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<(T1, T2, T3), byte>(items =>
        {
            function(items.Item1, items.Item2, items.Item3);
            return 0;
        }), Named(function, expression), (argument1, argument2, argument3), options).Results();

    /// <inheritdoc cref="Apply(Action, MapOptions?, string)"/>
    public void Apply<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<(T1, T2, T3, T4), byte>(items =>
        {
            function(items.Item1, items.Item2, items.Item3, items.Item4);
            return 0;
        }), Named(function, expression), (argument1, argument2, argument3, argument4), options).Results();

    /// <summary>Begins to call a function that has no result in a worker.</summary>
    /// <inheritdoc cref="Apply(Action, MapOptions?, string)"/>
    public Task ApplyAsync(
        Action function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<byte, byte>(_ =>
        {
            function();
            return 0;
        }), Named(function, expression), (byte)0, options).Task;

    /// <inheritdoc cref="ApplyAsync(Action, MapOptions?, string)"/>
    public Task ApplyAsync<T>(
        Action<T> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<T, byte>(items =>
        {
            function(items);
            return 0;
        }), Named(function, expression), argument, options).Task;

    /// <inheritdoc cref="ApplyAsync(Action, MapOptions?, string)"/>
    public Task ApplyAsync<T1, T2>(
        Action<T1, T2> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<(T1, T2), byte>(items =>
        {
            function(items.Item1, items.Item2);
            return 0;
        }), Named(function, expression), (argument1, argument2), options).Task;

    /// <inheritdoc cref="ApplyAsync(Action, MapOptions?, string)"/>
    public Task ApplyAsync<T1, T2, T3>(
        Action<T1, T2, T3> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<(T1, T2, T3), byte>(items =>
        {
            function(items.Item1, items.Item2, items.Item3);
            return 0;
        }), Named(function, expression), (argument1, argument2, argument3), options).Task;

    /// <inheritdoc cref="ApplyAsync(Action, MapOptions?, string)"/>
    public Task ApplyAsync<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call<(T1, T2, T3, T4), byte>(items =>
        {
            function(items.Item1, items.Item2, items.Item3, items.Item4);
            return 0;
        }), Named(function, expression), (argument1, argument2, argument3, argument4), options).Task;

    /// <summary>The same for an asynchronous function: a call that waits occupies no worker.</summary>
    /// <inheritdoc cref="ApplyAsync(Action, MapOptions?, string)"/>
    public Task ApplyAsync(
        Func<Task> function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin<byte, byte>(async _ =>
        {
            await Begun(function()).ConfigureAwait(false);
            return 0;
        }), Named(function, expression), (byte)0, options).Task;

    /// <inheritdoc cref="ApplyAsync(Func{Task}, MapOptions?, string)"/>
    public Task ApplyAsync<T>(
        Func<T, Task> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin<T, byte>(async items =>
        {
            await Begun(function(items)).ConfigureAwait(false);
            return 0;
        }), Named(function, expression), argument, options).Task;

    /// <inheritdoc cref="ApplyAsync(Func{Task}, MapOptions?, string)"/>
    public Task ApplyAsync<T1, T2>(
        Func<T1, T2, Task> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin<(T1, T2), byte>(async items =>
        {
            await Begun(function(items.Item1, items.Item2)).ConfigureAwait(false);
            return 0;
        }), Named(function, expression), (argument1, argument2), options).Task;

    /// <inheritdoc cref="ApplyAsync(Func{Task}, MapOptions?, string)"/>
    public Task ApplyAsync<T1, T2, T3>(
        Func<T1, T2, T3, Task> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin<(T1, T2, T3), byte>(async items =>
        {
            await Begun(function(items.Item1, items.Item2, items.Item3)).ConfigureAwait(false);
            return 0;
        }), Named(function, expression), (argument1, argument2, argument3), options).Task;

    /// <inheritdoc cref="ApplyAsync(Func{Task}, MapOptions?, string)"/>
    public Task ApplyAsync<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, Task> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Begin<(T1, T2, T3, T4), byte>(async items =>
        {
            await Begun(function(items.Item1, items.Item2, items.Item3, items.Item4)).ConfigureAwait(false);
            return 0;
        }), Named(function, expression), (argument1, argument2, argument3, argument4), options).Task;
}
