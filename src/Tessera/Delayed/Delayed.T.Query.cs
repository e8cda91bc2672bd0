using System.Runtime.CompilerServices;
using Tessera.Diagnostics;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

public sealed partial class Delayed<T>
{
    /// <summary>
    /// A function of the value, or a member of it: <c>pair.Select(p =&gt; p.Width)</c>. In query syntax: <c>from p in pair select p.Width</c>.
    /// </summary>
    /// <param name="selector">Called when the value is known.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler, for messages.</param>
    /// <param name="line">Filled in by the compiler, for messages.</param>
    public Delayed<TResult> Select<TResult>(
        Func<T, TResult> selector, [CallerArgumentExpression(nameof(selector))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Function(selector, null, false, expression)(this, default, file, line);
    }

    /// <summary>An asynchronous function of the value.</summary>
    /// <inheritdoc cref="Select{TResult}(Func{T, TResult}, string, string, int)"/>
    [OverloadResolutionPriority(2)]
    public Delayed<TResult> Select<TResult>(
        Func<T, Task<TResult>> selector, [CallerArgumentExpression(nameof(selector))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Function(selector, null, false, expression)(this, default, file, line);
    }

    /// <summary>An asynchronous function of the value.</summary>
    /// <inheritdoc cref="Select{TResult}(Func{T, TResult}, string, string, int)"/>
    [OverloadResolutionPriority(1)]
    public Delayed<TResult> Select<TResult>(
        Func<T, ValueTask<TResult>> selector, [CallerArgumentExpression(nameof(selector))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Function(selector, null, false, expression)(this, default, file, line);
    }

    /// <summary>
    /// A value of which is known only once this one is what it comes from: <c>from name in list from image in load(name) select image.Width</c>.
    /// Calls that the inner delayed value shares with the rest of the computation are made once; arrays are computed by each.
    /// </summary>
    /// <remarks>
    /// The inner value is begun when this one is there, and is no part of the graph before. Where both are known beforehand, <c>Zip</c> or a function
    /// of two arguments computes them in parallel.
    /// </remarks>
    /// <param name="next">Called when the value is known; gives what to compute then.</param>
    /// <param name="selector">Of both values.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler, for messages.</param>
    /// <param name="line">Filled in by the compiler, for messages.</param>
    public Delayed<TResult> SelectMany<TNext, TResult>(
        Func<T, Delayed<TNext>> next, Func<T, TNext, TResult> selector, [CallerArgumentExpression(nameof(next))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(selector);
        string name = FunctionName.Of(next, expression);
        var site = new SourceLine(file, line);
        CallLine both = new UserFunction(selector, $"select after {name}", a => selector((T)a[0]!, (TNext)a[1]!)).CalledAt(site);
        return new(new Bind(Argument, value => FunctionCall.Of(both, value, Next(next, value).Argument), name, site));
    }

    /// <inheritdoc cref="SelectMany{TNext, TResult}"/>
    public Delayed<TNext> SelectMany<TNext>(
        Func<T, Delayed<TNext>> next, [CallerArgumentExpression(nameof(next))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new(new Bind(Argument, value => Next(next, value).Argument, FunctionName.Of(next, expression), new SourceLine(file, line)));
    }

    /// <summary>A function of this value and another; the two are computed in parallel.</summary>
    /// <param name="other">The other value.</param>
    /// <param name="selector">Called when both are known.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler, for messages.</param>
    /// <param name="line">Filled in by the compiler, for messages.</param>
    public Delayed<TResult> Zip<TOther, TResult>(
        Delayed<TOther> other, Func<T, TOther, TResult> selector, [CallerArgumentExpression(nameof(selector))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(selector);
        return Function(selector, null, false, expression)(this, other, default, file, line);
    }

    /// <summary>An asynchronous function of this value and another; the two are computed in parallel.</summary>
    /// <inheritdoc cref="Zip{TOther, TResult}(Delayed{TOther}, Func{T, TOther, TResult}, string, string, int)"/>
    [OverloadResolutionPriority(1)]
    public Delayed<TResult> Zip<TOther, TResult>(
        Delayed<TOther> other, Func<T, TOther, Task<TResult>> selector, [CallerArgumentExpression(nameof(selector))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(selector);
        return Function(selector, null, false, expression)(this, other, default, file, line);
    }

    /// <summary>This value and another as a pair; the two are computed in parallel.</summary>
    public Delayed<(T First, TOther Second)> Zip<TOther>(Delayed<TOther> other, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Function((T first, TOther second) => (First: first, Second: second), "pair")(this, other, default, file, line);
    }

    private static Delayed<TNext> Next<TNext>(Func<T, Delayed<TNext>> next, object? value) =>
        next((T)value!) ?? throw new InvalidOperationException("A function that tells what to compute next gave null; it must give a delayed value.");
}
