using System.Runtime.CompilerServices;

namespace Tessera;

public partial class Delayed
{
    /// <summary>Does the work, on all cores unless the options say otherwise, and returns when it is done.</summary>
    /// <exception cref="ComputationException">A function failed; the inner exception is its own, the message says which call.</exception>
    /// <exception cref="MemoryBudgetException">Arrays among the values need more memory than the budget; nothing was computed.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired.</exception>
    public void Compute(ComputeOptions? options = null) => Values([this], options);

    /// <summary>Does the work on other threads.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public Task ComputeAsync(ComputeOptions? options = null) => OnOtherThreads(() => Compute(options), options);

    /// <summary>Lets <c>await</c> do the work.</summary>
    public TaskAwaiter GetAwaiter() => ComputeAsync().GetAwaiter();

    /// <summary>The values of many, in order; what they share is computed once.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static T[] Compute<T>(IEnumerable<Delayed<T>> values, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. Values([.. values], options).Select(value => (T)value!)];
    }

    /// <summary>The values of two; what they share is computed once.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static (T1 Value1, T2 Value2) Compute<T1, T2>(Delayed<T1> value1, Delayed<T2> value2, ComputeOptions? options = null)
    {
        object?[] values = Values([value1, value2], options);
        return ((T1)values[0]!, (T2)values[1]!);
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
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static Task<T[]> ComputeAsync<T>(IEnumerable<Delayed<T>> values, ComputeOptions? options = null) =>
        OnOtherThreads(() => Compute(values, options), options);

    /// <summary>The values of two, computed on other threads.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static Task<(T1 Value1, T2 Value2)> ComputeAsync<T1, T2>(Delayed<T1> value1, Delayed<T2> value2, ComputeOptions? options = null) =>
        OnOtherThreads(() => Compute(value1, value2, options), options);

    /// <summary>The values of three, computed on other threads.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static Task<(T1 Value1, T2 Value2, T3 Value3)> ComputeAsync<T1, T2, T3>(
        Delayed<T1> value1, Delayed<T2> value2, Delayed<T3> value3, ComputeOptions? options = null) =>
        OnOtherThreads(() => Compute(value1, value2, value3, options), options);

    /// <summary>The values of four, computed on other threads.</summary>
    /// <inheritdoc cref="Compute(ComputeOptions?)"/>
    public static Task<(T1 Value1, T2 Value2, T3 Value3, T4 Value4)> ComputeAsync<T1, T2, T3, T4>(
        Delayed<T1> value1, Delayed<T2> value2, Delayed<T3> value3, Delayed<T4> value4, ComputeOptions? options = null) =>
        OnOtherThreads(() => Compute(value1, value2, value3, value4, options), options);

    private protected static object?[] Values(Delayed[] values, ComputeOptions? options)
    {
        foreach (Delayed value in values)
            ArgumentNullException.ThrowIfNull(value);
        return Computation.Run(Array.ConvertAll(values, value => value.Expression), options ?? ComputeOptions.Default);
    }

    private protected static Task OnOtherThreads(Action work, ComputeOptions? options) => Task.Run(work, options?.Cancellation ?? default);

    private protected static Task<TResult> OnOtherThreads<TResult>(Func<TResult> work, ComputeOptions? options) =>
        Task.Run(work, options?.Cancellation ?? default);
}
