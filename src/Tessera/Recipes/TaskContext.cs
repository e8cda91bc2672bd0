using Tessera.Serialization;

namespace Tessera.Recipes;

/// <summary>What a recipe has at hand while it fills a region: the worker's scratch memory and the run's cancellation.</summary>
internal sealed class TaskContext(CancellationToken cancellation) : IDisposable
{
    public Scratch Scratch { get; } = new();

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>If set, makes the constant arguments of each call anew, so that what a call does to them no other call sees.</summary>
    public Copies? Constants { get; init; }

    /// <summary>Where functions of users are to be called, if not here.</summary>
    public CallsElsewhere? Elsewhere { get; init; }

    public void Dispose() => Scratch.Dispose();
}
