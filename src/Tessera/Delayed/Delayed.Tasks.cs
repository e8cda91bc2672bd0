using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

public partial class Delayed
{
    /// <summary>Delays a function of no arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(2)]
    public static DelayedFunction<TResult> Function<TResult>(
        Func<Task<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function()), name, expression, pure);
        return (_, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line)));
    }

    /// <summary>Delays one call of a function of no arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(2)]
    public static Delayed<TResult> Call<TResult>(
        Func<Task<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(default, file, line);

    /// <summary>Delays a function of one argument that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(2)]
    public static DelayedFunction<T1, TResult> Function<T1, TResult>(
        Func<T1, Task<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!)), name, expression, pure);
        return (argument1, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1)));
    }

    /// <summary>Delays one call of a function of one argument that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(2)]
    public static Delayed<TResult> Call<T1, TResult>(
        Func<T1, Task<TResult>> function,
        Delayed<T1> argument1,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, default, file, line);

    /// <summary>Delays a function of two arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(2)]
    public static DelayedFunction<T1, T2, TResult> Function<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!)), name, expression, pure);
        return (argument1, argument2, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2)));
    }

    /// <summary>Delays one call of a function of two arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(2)]
    public static Delayed<TResult> Call<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, default, file, line);

    /// <summary>Delays a function of three arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(2)]
    public static DelayedFunction<T1, T2, T3, TResult> Function<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!)), name, expression, pure);
        return (argument1, argument2, argument3, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3)));
    }

    /// <summary>Delays one call of a function of three arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(2)]
    public static Delayed<TResult> Call<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, default, file, line);

    /// <summary>Delays a function of four arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(2)]
    public static DelayedFunction<T1, T2, T3, T4, TResult> Function<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, Task<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!)), name, expression, pure);
        return (argument1, argument2, argument3, argument4, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4)));
    }

    /// <summary>Delays one call of a function of four arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(2)]
    public static Delayed<TResult> Call<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, Task<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, argument4, default, file, line);
}
