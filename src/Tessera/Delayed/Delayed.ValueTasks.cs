using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

// Written by functions.py, which stands beside this file.
public partial class Delayed
{
    /// <summary>Delays a function of no arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<TResult> Function<TResult>(
        Func<ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function().AsTask()), name, expression, pure);
        return (_, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line)));
    }

    /// <summary>Delays one call of a function of no arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<TResult>(
        Func<ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(default, file, line);

    /// <summary>Delays a function of one argument that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, TResult> Function<T1, TResult>(
        Func<T1, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!).AsTask()), name, expression, pure);
        return (argument1, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1)));
    }

    /// <summary>Delays one call of a function of one argument that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, TResult>(
        Func<T1, ValueTask<TResult>> function,
        Delayed<T1> argument1,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, default, file, line);

    /// <summary>Delays a function of two arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, T2, TResult> Function<T1, T2, TResult>(
        Func<T1, T2, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!).AsTask()), name, expression, pure);
        return (argument1, argument2, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2)));
    }

    /// <summary>Delays one call of a function of two arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, T2, TResult>(
        Func<T1, T2, ValueTask<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, default, file, line);

    /// <summary>Delays a function of three arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, T2, T3, TResult> Function<T1, T2, T3, TResult>(
        Func<T1, T2, T3, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!).AsTask()), name, expression, pure);
        return (argument1, argument2, argument3, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3)));
    }

    /// <summary>Delays one call of a function of three arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, T2, T3, TResult>(
        Func<T1, T2, T3, ValueTask<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, default, file, line);

    /// <summary>Delays a function of four arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, T2, T3, T4, TResult> Function<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!).AsTask()), name, expression, pure);
        return (argument1, argument2, argument3, argument4, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4)));
    }

    /// <summary>Delays one call of a function of four arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, ValueTask<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, argument4, default, file, line);

    /// <summary>Delays a function of five arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, T2, T3, T4, T5, TResult> Function<T1, T2, T3, T4, T5, TResult>(
        Func<T1, T2, T3, T4, T5, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!).AsTask()), name, expression, pure);
        return (argument1, argument2, argument3, argument4, argument5, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4), Given(argument5)));
    }

    /// <summary>Delays one call of a function of five arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, T2, T3, T4, T5, TResult>(
        Func<T1, T2, T3, T4, T5, ValueTask<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        Delayed<T5> argument5,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, argument4, argument5, default, file, line);

    /// <summary>Delays a function of six arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, T2, T3, T4, T5, T6, TResult> Function<T1, T2, T3, T4, T5, T6, TResult>(
        Func<T1, T2, T3, T4, T5, T6, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!, (T6)a[5]!).AsTask()), name, expression, pure);
        return (argument1, argument2, argument3, argument4, argument5, argument6, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4), Given(argument5), Given(argument6)));
    }

    /// <summary>Delays one call of a function of six arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, T2, T3, T4, T5, T6, TResult>(
        Func<T1, T2, T3, T4, T5, T6, ValueTask<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        Delayed<T5> argument5, Delayed<T6> argument6,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, argument4, argument5, argument6, default, file, line);

    /// <summary>Delays a function of seven arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, T2, T3, T4, T5, T6, T7, TResult> Function<T1, T2, T3, T4, T5, T6, T7, TResult>(
        Func<T1, T2, T3, T4, T5, T6, T7, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!, (T6)a[5]!, (T7)a[6]!).AsTask()), name, expression, pure);
        return (argument1, argument2, argument3, argument4, argument5, argument6, argument7, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4), Given(argument5), Given(argument6), Given(argument7)));
    }

    /// <summary>Delays one call of a function of seven arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, T2, T3, T4, T5, T6, T7, TResult>(
        Func<T1, T2, T3, T4, T5, T6, T7, ValueTask<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        Delayed<T5> argument5, Delayed<T6> argument6, Delayed<T7> argument7,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, argument4, argument5, argument6, argument7, default, file, line);

    /// <summary>Delays a function of eight arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    [OverloadResolutionPriority(1)]
    public static DelayedFunction<T1, T2, T3, T4, T5, T6, T7, T8, TResult> Function<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        Func<T1, T2, T3, T4, T5, T6, T7, T8, ValueTask<TResult>> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = MadeAsync(function, a => Boxed(function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!, (T6)a[5]!, (T7)a[6]!, (T8)a[7]!).AsTask()), name, expression, pure);
        return (argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4), Given(argument5), Given(argument6), Given(argument7), Given(argument8)));
    }

    /// <summary>Delays one call of a function of eight arguments that is asynchronous.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    [OverloadResolutionPriority(1)]
    public static Delayed<TResult> Call<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        Func<T1, T2, T3, T4, T5, T6, T7, T8, ValueTask<TResult>> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        Delayed<T5> argument5, Delayed<T6> argument6, Delayed<T7> argument7, Delayed<T8> argument8,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8, default, file, line);
}
