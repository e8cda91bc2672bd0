namespace Tessera;

/// <summary>How one worker spent a run. <paramref name="Busy"/> and <paramref name="Idle"/> together are <see cref="RunProfile.RunTime"/>.</summary>
/// <param name="Name">"worker 0" is the calling thread, if that takes part; "process worker 0" has its tasks done by a process, whichever is free.</param>
/// <param name="Tasks">Tasks that it did and that came to their end.</param>
/// <param name="Busy">Time within tasks. A task that waits keeps no worker busy.</param>
/// <param name="Idle">The rest: nothing was ready, the memory budget was used up, or tasks were handed out.</param>
public sealed record WorkerTime(string Name, int Tasks, TimeSpan Busy, TimeSpan Idle)
{
    /// <summary>The busy part of the run, from 0 to 1.</summary>
    public double Utilization => Busy > TimeSpan.Zero ? Busy / (Busy + Idle) : 0;
}
