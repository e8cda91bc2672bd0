namespace Tessera;

/// <summary>
/// What the tasks of one step took: the calls of one function, the tasks that a step over arrays is cut into. Steps of one name are told as one; see <see cref="Steps"/>.
/// </summary>
/// <param name="Name">What the step does.</param>
/// <param name="Tasks">Tasks that came to their end.</param>
/// <param name="Time">Time that they kept workers busy, in all; with it the time of a task that failed.</param>
/// <param name="Share">The part of all steps' <paramref name="Time"/>, from 0 to 1.</param>
/// <param name="Median">How long a task took from its beginning to its end, waiting included: half took longer.</param>
/// <param name="Longest">The same of the longest.</param>
/// <param name="Waiting">Time in which asynchronous tasks waited without a worker, in all.</param>
/// <param name="Queued">How long a task for which all was there was kept from beginning, by busy workers or the memory budget: the median.</param>
/// <param name="BytesRead">Bytes that the tasks read from files and other sources, decoded; neither elements in memory nor generated numbers.</param>
/// <param name="BytesMade">Bytes of the elements that they made. Values of functions don't count.</param>
public sealed record StepTime(
    string Name, int Tasks, TimeSpan Time, double Share, TimeSpan Median, TimeSpan Longest, TimeSpan Waiting, TimeSpan Queued, long BytesRead, long BytesMade)
{
    /// <summary>How many steps of this name there are.</summary>
    public int Steps { get; init; } = 1;

    /// <summary><see cref="BytesRead"/>, with the rest of the storage chunks that were read in part: sources which decode whole chunks decode so many.</summary>
    public long BytesDecoded { get; init; } = BytesRead;
}
