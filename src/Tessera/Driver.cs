namespace Tessera;

/// <summary>
/// Who drives a computation. Each is written once, as an asynchronous method that is told whether it computes here: then all of its tasks are done, on this thread
/// and those that help it, and what a stopped run left under way is waited for on this thread, too.
/// </summary>
internal static class Driver
{
    /// <summary>The calling thread, which takes part until the computation is done.</summary>
    /// <param name="options">How to run; null for the default.</param>
    /// <param name="compute">The computation, which is told true.</param>
    public static void Here(ComputeOptions? options, Func<ComputeOptions, bool, Task> compute) => compute(options ?? ComputeOptions.Default, true).GetAwaiter().GetResult();

    /// <inheritdoc cref="Here(ComputeOptions?, Func{ComputeOptions, bool, Task})"/>
    public static T Here<T>(ComputeOptions? options, Func<ComputeOptions, bool, Task<T>> compute) => compute(options ?? ComputeOptions.Default, true).GetAwaiter().GetResult();

    /// <summary>
    /// Other threads; while all that is left waits, the computation holds none. Planning is done there as well, which takes its time for a large graph, and so is all that
    /// the serial scheduler does, which has no threads of its own.
    /// </summary>
    /// <param name="options">How to run; null for the default.</param>
    /// <param name="compute">The computation, which is told false.</param>
    public static Task Elsewhere(ComputeOptions? options, Func<ComputeOptions, bool, Task> compute) =>
        Task.Run(() => compute(options ?? ComputeOptions.Default, false), options?.Cancellation ?? default);

    /// <inheritdoc cref="Elsewhere(ComputeOptions?, Func{ComputeOptions, bool, Task})"/>
    public static Task<T> Elsewhere<T>(ComputeOptions? options, Func<ComputeOptions, bool, Task<T>> compute) =>
        Task.Run(() => compute(options ?? ComputeOptions.Default, false), options?.Cancellation ?? default);
}
