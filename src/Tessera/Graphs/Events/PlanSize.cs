namespace Tessera.Graphs;

/// <summary>What is known of a run before it begins.</summary>
/// <param name="Parent">The number of the run around it, if there is one that tells.</param>
/// <param name="Scheduler">What runs it.</param>
/// <param name="WorkerNames">What its workers are called; as many as tasks run at once at most.</param>
/// <param name="BytesRead">From sources, by the forecast.</param>
/// <param name="BytesDecoded">The same with the rest of storage chunks that are read in part.</param>
/// <param name="PeakBytes">The most that one worker would need in memory, by the forecast.</param>
/// <param name="MemoryBudget">The bytes that the computation may take.</param>
internal sealed record PlanSize(
    long? Parent, string Scheduler, IReadOnlyList<string> WorkerNames, long BytesRead, long BytesDecoded, long PeakBytes, long MemoryBudget);
