namespace Tessera.Steps;

/// <summary>What a plan will read and hold when its tasks run in order, one at a time.</summary>
/// <param name="BytesRead">From sources other than memory and generated numbers, over all tasks.</param>
/// <param name="PeakBytes">The most bytes of blocks and scratch memory at a time.</param>
/// <param name="PeakTask">The task at which that is.</param>
internal sealed record MemoryForecast(long BytesRead, long PeakBytes, int PeakTask)
{
    /// <summary>The same with the rest of the storage chunks that tasks read in part: what a source that decodes whole ones decodes.</summary>
    public long BytesDecoded { get; init; } = BytesRead;

    /// <summary>
    /// Walks the tasks in order: each takes its bytes, gives its scratch back at its end, and with it the blocks that it was the last to read.
    /// </summary>
    public static MemoryForecast Of(long bytesRead, ReadOnlySpan<long> taken, ReadOnlySpan<long> freed)
    {
        long held = 0, peak = 0;
        int peakTask = 0;
        for (int task = 0; task < taken.Length; task++)
        {
            held += taken[task];
            if (held > peak)
                (peak, peakTask) = (held, task);
            held -= freed[task];
        }

        return new MemoryForecast(bytesRead, peak, peakTask);
    }
}
