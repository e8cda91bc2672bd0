namespace Tessera.Graphs;

/// <summary>What is known of a run before it begins.</summary>
/// <param name="Parent">The number of the run around it, if there is one that tells.</param>
/// <param name="Scheduler">What runs it.</param>
/// <param name="Workers">Tasks that run at once at most.</param>
/// <param name="BytesRead">From sources, by the forecast.</param>
/// <param name="PeakBytes">Held by one worker, by the forecast.</param>
internal sealed record PlanSize(long? Parent, string Scheduler, int Workers, long BytesRead, long PeakBytes);
