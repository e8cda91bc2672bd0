namespace Tessera.Kernels;

/// <summary>A program made ready to run. Immutable, and used by many threads at once.</summary>
internal abstract class Kernel(KernelProgram program)
{
    public KernelProgram Program { get; } = program;

    /// <summary>Runs the program over a row of <paramref name="count"/> elements.</summary>
    /// <param name="addresses">
    /// The inputs' addresses, then the outputs': rows dense and of any alignment; a scalar input one element; a folding output
    /// <see cref="KernelProgram.Lanes"/> accumulators, which go on from what they hold. A stored row may lie exactly upon an input row.
    /// </param>
    /// <param name="count">0 or more.</param>
    public abstract void Run(ReadOnlySpan<nint> addresses, long count);
}
