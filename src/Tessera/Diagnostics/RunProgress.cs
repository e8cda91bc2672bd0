namespace Tessera;

/// <summary>How far a computation has come.</summary>
/// <param name="TasksDone">Tasks that are done.</param>
/// <param name="TasksTotal">Tasks that there are.</param>
/// <param name="Elapsed">Time since the computation began.</param>
/// <param name="BytesRead">Bytes that sources have delivered so far, decoded.</param>
/// <param name="IsFinal">
/// True in the last report of a computation: it has come to its end, or failed or was cancelled where tasks are left.
/// </param>
public readonly record struct RunProgress(int TasksDone, int TasksTotal, TimeSpan Elapsed, long BytesRead, bool IsFinal)
{
    /// <summary>The part of the tasks that is done, from 0 to 1; 1 where there are none to do.</summary>
    public double Fraction => TasksTotal == 0 ? 1 : (double)TasksDone / TasksTotal;

    /// <summary>An estimate of the time still needed, from the pace so far; null before the first task is done.</summary>
    public TimeSpan? Remaining => TasksDone == 0 && TasksTotal > 0 ? null : Elapsed * ((1 - Fraction) / Fraction);
}
