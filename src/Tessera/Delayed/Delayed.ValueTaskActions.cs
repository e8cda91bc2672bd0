using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

public partial class Delayed
{
    /// <summary>Delays a function of no arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedAction Function(
        Func<ValueTask> function, string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function().AsTask()), name, expression, pure: false);
        return (_, file, line) =>
            new Delayed(FunctionCall.Of(kernel.CalledAt(file, line)));
    }

    /// <summary>Delays one call of a function of no arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed Call(
        Func<ValueTask> function, string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, expression)(default, file, line);

    /// <summary>Delays a function of one argument that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedAction<T1> Function<T1>(
        Func<T1, ValueTask> function, string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!).AsTask()), name, expression, pure: false);
        return (argument1, _, file, line) =>
            new Delayed(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1)));
    }

    /// <summary>Delays one call of a function of one argument that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed Call<T1>(
        Func<T1, ValueTask> function,
        Delayed<T1> argument1,
        string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, expression)(argument1, default, file, line);

    /// <summary>Delays a function of two arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedAction<T1, T2> Function<T1, T2>(
        Func<T1, T2, ValueTask> function, string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!).AsTask()), name, expression, pure: false);
        return (argument1, argument2, _, file, line) =>
            new Delayed(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2)));
    }

    /// <summary>Delays one call of a function of two arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed Call<T1, T2>(
        Func<T1, T2, ValueTask> function,
        Delayed<T1> argument1, Delayed<T2> argument2,
        string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, expression)(argument1, argument2, default, file, line);

    /// <summary>Delays a function of three arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedAction<T1, T2, T3> Function<T1, T2, T3>(
        Func<T1, T2, T3, ValueTask> function, string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!).AsTask()), name, expression, pure: false);
        return (argument1, argument2, argument3, _, file, line) =>
            new Delayed(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3)));
    }

    /// <summary>Delays one call of a function of three arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed Call<T1, T2, T3>(
        Func<T1, T2, T3, ValueTask> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3,
        string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, expression)(argument1, argument2, argument3, default, file, line);

    /// <summary>Delays a function of four arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedAction<T1, T2, T3, T4> Function<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, ValueTask> function, string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!).AsTask()), name, expression, pure: false);
        return (argument1, argument2, argument3, argument4, _, file, line) =>
            new Delayed(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4)));
    }

    /// <summary>Delays one call of a function of four arguments that is asynchronous and gives nothing.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed Call<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, ValueTask> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        string? name = null, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, expression)(argument1, argument2, argument3, argument4, default, file, line);
}
