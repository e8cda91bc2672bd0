namespace Tessera.Graphs;

/// <summary>What a task moved.</summary>
/// <param name="Read">From sources.</param>
/// <param name="Decoded">The same with the rest of storage chunks that it read in part.</param>
/// <param name="Made">Of elements.</param>
internal readonly record struct TaskBytes(long Read, long Decoded, long Made);
