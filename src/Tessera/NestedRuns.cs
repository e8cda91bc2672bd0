using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Memory;
using Tessera.Optimization;

namespace Tessera;

/// <summary>
/// The runs that a run begins for values that become known while it is on: on the same scheduler, within the same budget, and over before it is.
/// </summary>
internal sealed class NestedRuns(ComputeOptions options)
{
    private readonly ConcurrentQueue<Task> _runs = new();

    /// <summary>That of the run around them, once it has begun.</summary>
    public RunMemory? Memory { get; set; }

    /// <summary>The number of the run around them, if it tells events; once it has begun.</summary>
    public long? Around { get; set; }

    /// <summary>How the run around them is lowered.</summary>
    public ValueLowering Lowering(Optimizer optimizer, Claims? claims) => new(optimizer.Optimize, BeginAsync, claims) { Simplify = optimizer.Simplify };

    /// <summary>Waits until none is under way; for the end of a run that was stopped, and these with it.</summary>
    public Task WhenOverAsync() => _runs.IsEmpty ? Task.CompletedTask : EndAsync();

    private async Task EndAsync()
    {
        while (_runs.TryDequeue(out Task? run))
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<object?> BeginAsync(ValueExpression value, Claims claims, CancellationToken cancellation)
    {
        ComputeOptions within = options with { Progress = null, Profile = null, Cancellation = cancellation, SharedMemory = Memory, Around = Around };

        // A scheduler without threads of its own computes on this one; runs within runs go on elsewhere when its stack is used up.
        Task<object?> run = RuntimeHelpers.TryEnsureSufficientExecutionStack() ? RunAsync() : Task.Run(RunAsync, CancellationToken.None);
        _runs.Enqueue(run);
        return run;

        async Task<object?> RunAsync() => (await Computation.RunAsync([value], within, here: false, claims).ConfigureAwait(false))[0];
    }
}
