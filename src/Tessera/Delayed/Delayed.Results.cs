using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

public partial class Delayed
{
    /// <summary>Delays a function of no arguments that gives a result.</summary>
    /// <param name="function">
    /// Called when a result is computed, by whatever thread is free; it must not change its arguments. A lambda says the types of its parameters,
    /// <c>Delayed.Function((int n) =&gt; n + 1)</c>; a method is given with its types, <c>Delayed.Function&lt;int, int&gt;(Increment)</c>.
    /// </param>
    /// <param name="name">For messages and pictures; the method's name, or the text of the lambda, when left out.</param>
    /// <param name="pure">True where equal arguments give equal results: then such calls are one task of a computation.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <returns>A function that computes nothing: it takes plain and delayed arguments and gives a delayed result.</returns>
    /// <remarks>Within one computation each call runs once, however many others need it; in the next one it runs again, unless it is persisted.</remarks>
    public static DelayedFunction<TResult> Function<TResult>(
        Func<TResult> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = Made(function, a => function(), name, expression, pure);
        return (_, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line)));
    }

    /// <summary>Delays one call of a function of no arguments that gives a result.</summary>
    /// <param name="function">Called when the result is computed.</param>
    /// <param name="name">For messages and pictures; the method's name, or the text of the lambda, when left out.</param>
    /// <param name="pure">True where equal arguments give equal results: then such calls are one task of a computation.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler, for messages.</param>
    /// <param name="line">Filled in by the compiler, for messages.</param>
    /// <returns>Nothing is called yet.</returns>
    public static Delayed<TResult> Call<TResult>(
        Func<TResult> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(default, file, line);

    /// <summary>Delays a function of one argument that gives a result.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    public static DelayedFunction<T1, TResult> Function<T1, TResult>(
        Func<T1, TResult> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = Made(function, a => function((T1)a[0]!), name, expression, pure);
        return (argument1, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1)));
    }

    /// <summary>Delays one call of a function of one argument that gives a result.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    public static Delayed<TResult> Call<T1, TResult>(
        Func<T1, TResult> function,
        Delayed<T1> argument1,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, default, file, line);

    /// <summary>Delays a function of two arguments that gives a result.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    public static DelayedFunction<T1, T2, TResult> Function<T1, T2, TResult>(
        Func<T1, T2, TResult> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = Made(function, a => function((T1)a[0]!, (T2)a[1]!), name, expression, pure);
        return (argument1, argument2, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2)));
    }

    /// <summary>Delays one call of a function of two arguments that gives a result.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    public static Delayed<TResult> Call<T1, T2, TResult>(
        Func<T1, T2, TResult> function,
        Delayed<T1> argument1, Delayed<T2> argument2,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, default, file, line);

    /// <summary>Delays a function of three arguments that gives a result.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    public static DelayedFunction<T1, T2, T3, TResult> Function<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = Made(function, a => function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!), name, expression, pure);
        return (argument1, argument2, argument3, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3)));
    }

    /// <summary>Delays one call of a function of three arguments that gives a result.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    public static Delayed<TResult> Call<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, default, file, line);

    /// <summary>Delays a function of four arguments that gives a result.</summary>
    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>
    public static DelayedFunction<T1, T2, T3, T4, TResult> Function<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "")
    {
        UserFunction kernel = Made(function, a => function((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!), name, expression, pure);
        return (argument1, argument2, argument3, argument4, _, file, line) =>
            new Delayed<TResult>(FunctionCall.Of(kernel.CalledAt(file, line), Given(argument1), Given(argument2), Given(argument3), Given(argument4)));
    }

    /// <summary>Delays one call of a function of four arguments that gives a result.</summary>
    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>
    public static Delayed<TResult> Call<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function,
        Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
        string? name = null, bool pure = false, [CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, pure, expression)(argument1, argument2, argument3, argument4, default, file, line);
}
