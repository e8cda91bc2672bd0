namespace Tessera.Lowering;

/// <summary>
/// How a plan saves memory, once the one of the least work doesn't fit into the budget. The budget chooses among these alone, in this order; what is
/// chosen depends on nothing else but shapes, types and storage. <see cref="Fitting"/> looks for the first that fits.
/// <code>
/// as it is best  →  few states  →  so many decisions concede, as few as will do  →  parts as large as fit, where cells cut across storage  →  nothing is read aside
/// </code>
/// </summary>
/// <param name="Concessions">So many decisions give way: what was to be kept is made anew for each step, or for each reader.</param>
/// <param name="PassElements">Elements of a part, where cells cut across the storage of a source (see <see cref="Passes"/>); 0 where each cell reads for itself.</param>
/// <param name="StateBytes">What the states of all segments of a reduction may take together.</param>
/// <param name="ReadsAside">Sources that are read asynchronously are read into blocks, by tasks of their own; else within the tasks that need them.</param>
internal sealed record Saving(int Concessions, long PassElements, long StateBytes, bool ReadsAside = true)
{
    /// <summary>Elements of a task that fills a cell.</summary>
    public const long CellElements = 1L << 20;

    public static Saving None { get; } = new(0, 0, 256L << 20);

    /// <summary>Nothing is kept but what plans can't do without.</summary>
    public static Saving All { get; } = None with { Concessions = int.MaxValue };

    public static Saving FewStates { get; } = None with { StateBytes = 8L << 20 };
}
