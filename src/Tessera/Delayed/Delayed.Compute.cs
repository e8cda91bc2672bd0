using System.Runtime.CompilerServices;
using Tessera.Expressions;

namespace Tessera;

public partial class Delayed
{
    /// <summary>Does the work, on all cores unless the options say otherwise, and returns when it is done.</summary>
    /// <exception cref="ComputationException">A function failed; the inner exception is its own, the message says which call.</exception>
    /// <exception cref="MemoryBudgetException">Arrays among the values need more memory than the budget; nothing was computed.</exception>
    /// <exception cref="OperationCanceledException">
    /// The options' token fired before the last task was begun. Functions under way on a thread come to their end first; asynchronous ones are left
    /// to themselves, so let them take <see cref="Cancellation"/>.
    /// </exception>
    public void Compute(ComputeOptions? options = null) => Values([this], options);

    /// <summary>Does the work on other threads; it occupies none of them while all that is left waits.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public Task ComputeAsync(ComputeOptions? options = null) => ValuesAsync([this], options);

    /// <summary>Lets <c>await</c> do the work.</summary>
    public TaskAwaiter GetAwaiter() => ComputeAsync().GetAwaiter();

    /// <summary>The values of many, in order; what they share is computed once.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static T[] Compute<T>(IEnumerable<Delayed<T>> values, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. Values(AllOf(values), options).Select(value => (T)value!)];
    }

    /// <summary>The values of two; what they share is computed once.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static (T1 Value1, T2 Value2) Compute<T1, T2>(Delayed<T1> value1, Delayed<T2> value2, ComputeOptions? options = null)
    {
        object?[] values = Values([value1, value2], options);
        return ((T1)values[0]!, (T2)values[1]!);
    }

    /// <summary>Two lazy scalars in one computation.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static (T1 Value1, T2 Value2) Compute<T1, T2>(LazyScalar<T1> value1, LazyScalar<T2> value2, ComputeOptions? options = null)
        where T1 : unmanaged
        where T2 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value1);
        ArgumentNullException.ThrowIfNull(value2);
        return Compute(value1.ToDelayed(), value2.ToDelayed(), options);
    }

    /// <summary>Three lazy scalars in one computation.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static (T1 Value1, T2 Value2, T3 Value3) Compute<T1, T2, T3>(
        LazyScalar<T1> value1, LazyScalar<T2> value2, LazyScalar<T3> value3, ComputeOptions? options = null)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value1);
        ArgumentNullException.ThrowIfNull(value2);
        ArgumentNullException.ThrowIfNull(value3);
        return Compute(value1.ToDelayed(), value2.ToDelayed(), value3.ToDelayed(), options);
    }

    /// <summary>The values of three; what they share is computed once.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static (T1 Value1, T2 Value2, T3 Value3) Compute<T1, T2, T3>(
        Delayed<T1> value1, Delayed<T2> value2, Delayed<T3> value3, ComputeOptions? options = null)
    {
        object?[] values = Values([value1, value2, value3], options);
        return ((T1)values[0]!, (T2)values[1]!, (T3)values[2]!);
    }

    /// <summary>The values of four; what they share is computed once.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static (T1 Value1, T2 Value2, T3 Value3, T4 Value4) Compute<T1, T2, T3, T4>(
        Delayed<T1> value1, Delayed<T2> value2, Delayed<T3> value3, Delayed<T4> value4, ComputeOptions? options = null)
    {
        object?[] values = Values([value1, value2, value3, value4], options);
        return ((T1)values[0]!, (T2)values[1]!, (T3)values[2]!, (T4)values[3]!);
    }

    /// <summary>The values of many, computed on other threads.</summary>
    /// <inheritdoc cref="ComputeAsync(ComputeOptions?)"/>
    public static async Task<T[]> ComputeAsync<T>(IEnumerable<Delayed<T>> values, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. (await ValuesAsync(AllOf(values), options).ConfigureAwait(false)).Select(value => (T)value!)];
    }

    /// <summary>The values of two, computed on other threads.</summary>
    /// <inheritdoc cref="ComputeAsync(ComputeOptions?)"/>
    public static async Task<(T1 Value1, T2 Value2)> ComputeAsync<T1, T2>(Delayed<T1> value1, Delayed<T2> value2, ComputeOptions? options = null)
    {
        object?[] values = await ValuesAsync([value1, value2], options).ConfigureAwait(false);
        return ((T1)values[0]!, (T2)values[1]!);
    }

    /// <summary>The values of three, computed on other threads.</summary>
    /// <inheritdoc cref="ComputeAsync(ComputeOptions?)"/>
    public static async Task<(T1 Value1, T2 Value2, T3 Value3)> ComputeAsync<T1, T2, T3>(
        Delayed<T1> value1, Delayed<T2> value2, Delayed<T3> value3, ComputeOptions? options = null)
    {
        object?[] values = await ValuesAsync([value1, value2, value3], options).ConfigureAwait(false);
        return ((T1)values[0]!, (T2)values[1]!, (T3)values[2]!);
    }

    /// <summary>The values of four, computed on other threads.</summary>
    /// <inheritdoc cref="ComputeAsync(ComputeOptions?)"/>
    public static async Task<(T1 Value1, T2 Value2, T3 Value3, T4 Value4)> ComputeAsync<T1, T2, T3, T4>(
        Delayed<T1> value1, Delayed<T2> value2, Delayed<T3> value3, Delayed<T4> value4, ComputeOptions? options = null)
    {
        object?[] values = await ValuesAsync([value1, value2, value3, value4], options).ConfigureAwait(false);
        return ((T1)values[0]!, (T2)values[1]!, (T3)values[2]!, (T4)values[3]!);
    }

    private protected static object?[] Values(Delayed[] values, ComputeOptions? options)
    {
        ValueExpression[] expressions = Expressions(values);
        return Driver.Here(options, (how, here) => Computation.RunAsync(expressions, how, here));
    }

    private protected static Task<object?[]> ValuesAsync(Delayed[] values, ComputeOptions? options)
    {
        ValueExpression[] expressions = Expressions(values);
        return Driver.Elsewhere(options, (how, here) => Computation.RunAsync(expressions, how, here));
    }

    private static Delayed[] AllOf<T>(IEnumerable<Delayed<T>> values)
    {
        Delayed[] all = [.. values];
        int missing = Array.IndexOf(all, null); // there may be a million of them
        return missing < 0 ? all : throw IsNull(missing, nameof(values));
    }

    private static ValueExpression[] Expressions(Delayed[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is null) // asked first: there may be a million of them, and a name for each
                throw new ArgumentNullException($"value{i + 1}");
        }

        return Array.ConvertAll(values, value => value.Expression);
    }
}
