using System.Runtime.CompilerServices;

namespace Tessera;

// Written by arguments.py; change that.
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
    public TResult Apply<TResult>(
        Func<TResult> function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call((byte _) => function()), Named(function, expression), (byte)0, options).Results()[0];

    /// <summary>Begins to call a function in a worker.</summary>
    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<TResult>(
        Func<TResult> function, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call((byte _) => function()), Named(function, expression), (byte)0, options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T, TResult>(
        Func<T, TResult> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(function), Named(function, expression), argument, options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T, TResult>(
        Func<T, TResult> function, T argument, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(function), Named(function, expression), argument, options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T1, T2, TResult>(
        Func<T1, T2, TResult> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2), options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> function, T1 argument1, T2 argument2, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2), options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3), options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, T1 argument1, T2 argument2, T3 argument3, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3), options).FirstAsync();

    /// <inheritdoc cref="Apply{TResult}(Func{TResult}, MapOptions?, string)"/>
    public TResult Apply<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3, argument4), options).Results()[0];

    /// <inheritdoc cref="ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)"/>
    public Task<TResult> ApplyAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, T1 argument1, T2 argument2, T3 argument3, T4 argument4, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Single(Call(Spread(function)), Named(function, expression), (argument1, argument2, argument3, argument4), options).FirstAsync();
}
