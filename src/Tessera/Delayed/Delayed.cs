using System.Runtime.CompilerServices;
using Tessera.Diagnostics;
using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Lowering;

namespace Tessera;

/// <summary>
/// Work that is written down and not yet done: a call of a function with plain values and with other delayed ones. Together they make a
/// graph of tasks, which <c>Compute</c> runs: independent ones in parallel, dependent ones in order, each once. Immutable.
/// <see cref="Delayed{T}"/> has a result; this class is for functions that give nothing, and makes the others.
/// </summary>
/// <example>
/// <code>
/// var inc = Delayed.Function((int n) =&gt; n + 1);
/// var add = Delayed.Function((int a, int b) =&gt; a + b);
/// int five = add(inc(1), inc(2)).Compute();
/// </code>
/// </example>
public partial class Delayed : IDelayedArgument
{
    internal Delayed(object? argument) => Argument = argument;

    /// <summary>What stands for this value among the arguments of a call: an expression, or a plain value as it is.</summary>
    internal object? Argument { get; }

    object? IDelayedArgument.Argument => Argument;

    internal ValueExpression Expression => Argument as ValueExpression ?? new Data(Argument, CallName.OfData(Argument));

    /// <summary>
    /// The token of whatever computation runs the call that takes it: it fires when that is cancelled, or when another of its tasks fails.
    /// <c>fetch(url, Delayed.Cancellation)</c>
    /// </summary>
    public static Delayed<CancellationToken> Cancellation { get; } = new(RunToken.Instance);

    /// <summary>
    /// A plain value as a delayed one. Where a delayed argument is expected, a plain one may be written without this, but for one whose type is an
    /// interface or null, which C# doesn't convert.
    /// </summary>
    /// <param name="value">It is passed on as it is, not copied; only in a worker process each call has a copy of its own.</param>
    /// <param name="name">For pictures; the value itself, in short, when left out.</param>
    public static Delayed<T> Value<T>(T value, string? name = null) => new(new Data(value, name ?? CallName.OfData(value)));

    /// <summary>Several delayed values as one: the list of their values, in order.</summary>
    public static Delayed<IReadOnlyList<T>> WhenAll<T>(
        IEnumerable<Delayed<T>> values, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        object?[] arguments = [.. values.Select((value, i) => GivenOf(i, value, nameof(values)))];
        return new(FunctionCall.Of(Lists<T>.Function.CalledAt(file, line), arguments));
    }

    /// <inheritdoc cref="WhenAll{T}(IEnumerable{Delayed{T}}, string, int)"/>
    public static Delayed<IReadOnlyList<T>> WhenAll<T>(params ReadOnlySpan<Delayed<T>> values)
    {
        var arguments = new object?[values.Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = GivenOf(i, values[i], nameof(values));
        return new(FunctionCall.Of(Lists<T>.Function.CalledAt("", 0), arguments));
    }

    /// <summary>Several calls that give nothing as one.</summary>
    public static Delayed WhenAll(IEnumerable<Delayed> calls, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(calls);
        object?[] arguments = [.. calls.Select((call, i) => GivenOf(i, call, nameof(calls)))];
        return new(FunctionCall.Of(Lists<object>.Nothing.CalledAt(file, line), arguments));
    }

    /// <summary>The call, as messages write it, and how to have it done.</summary>
    public override string ToString() => $"Delayed: {CallName.Of(Expression)}; {nameof(Compute)}() does it";

    /// <summary>
    /// A delayed value where any object is expected is meant to be computed, unless the delayed value itself is asked for.
    /// </summary>
    private protected static object? ArgumentFor(object? value, Type expected) =>
        value is IDelayedArgument delayed && !typeof(IDelayedArgument).IsAssignableFrom(expected) ? delayed.Argument : value;

    private static object? Given(Delayed value, [CallerArgumentExpression(nameof(value))] string name = "") => value is not null
        ? value.Argument
        : throw new ArgumentNullException(name, "A delayed value is null. A plain value that is null is written as Delayed.Value<string?>(null), with its own type.");

    /// <summary>The same for an element of a sequence.</summary>
    private static object? GivenOf(int index, Delayed value, string name) => value is not null
        ? value.Argument
        : throw IsNull(index, name);

    private static ArgumentException IsNull(int index, string name) =>
        new($"Delayed value {index} of the sequence is null. A plain value that is null is written as Delayed.Value<string?>(null), with its own type.", name);

    private static UserFunction Made(Delegate function, FunctionBody body, string? name, string expression, bool pure, bool isAsync = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new UserFunction(function, name ?? FunctionName.Of(function, expression), body, isAsync, pure);
    }

    private static UserFunction MadeAsync(Delegate function, FunctionBody body, string? name, string expression, bool pure) =>
        Made(function, body, name, expression, pure, isAsync: true);

    private static async Task<object?> Boxed<T>(Task<T>? task) => await (task ?? throw NoTask()).ConfigureAwait(false);

    private static async Task<object?> Boxed(Task? task)
    {
        await (task ?? throw NoTask()).ConfigureAwait(false);
        return null;
    }

    private static InvalidOperationException NoTask() => new("An asynchronous function gave null instead of a task; it must give one.");

    private static class Lists<T>
    {
        public static UserFunction Function { get; } = new(OfAll, "list", OfAll) { IsOfUser = false };

        public static UserFunction Nothing { get; } = new(OfNothing, "all", OfNothing) { IsOfUser = false };

        private static object OfAll(ReadOnlySpan<object?> values)
        {
            var list = new T[values.Length];
            for (int i = 0; i < list.Length; i++)
                list[i] = (T)values[i]!;
            return list;
        }

        private static object? OfNothing(ReadOnlySpan<object?> values) => null;
    }
}
