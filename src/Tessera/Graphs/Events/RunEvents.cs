using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Tessera.Graphs;

namespace Tessera;

/// <summary>
/// What happens in computations, as it happens, for dashboards, logs and traces. Give it to <see cref="ComputeOptions.Events"/>, of one computation or of
/// many, and read it meanwhile or afterwards; an event goes to one reader.
/// </summary>
/// <remarks>
/// A reader can't slow a computation or make it fail: nobody waits for it. Events that aren't read are kept, up to the capacity; then the oldest are dropped,
/// and the next that is read says how many (<see cref="RunEvent.Dropped"/>). Runs that are begun for values that become known on the way
/// (<c>SelectMany</c>) tell of themselves and of the run around them. Without this a computation tells nothing, and pays nothing.
/// </remarks>
/// <example><code>
/// var events = new RunEvents();
/// Task watching = Task.Run(async () =&gt;
/// {
///     await foreach (RunEvent happened in events)
///         Console.WriteLine(happened);
/// });
/// array.Mean().Compute(new ComputeOptions { Events = events });
/// events.Complete();
/// await watching;
/// </code></example>
public sealed class RunEvents : IAsyncEnumerable<RunEvent>
{
    private readonly Channel<RunEntry> _entries;
    private long _dropped, _untold;

    /// <summary>Makes a stream for as many computations as are given it.</summary>
    /// <param name="capacity">The most events that wait for a reader, at some 100 bytes each; those of failures keep the exceptions.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public RunEvents(int capacity = 10_000)
    {
        if (capacity < 1)
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A capacity of {capacity} events was asked for; at least 1 must find room.");
        var options = new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest };
        _entries = Channel.CreateBounded<RunEntry>(options, _ =>
        {
            Interlocked.Increment(ref _dropped);
            Interlocked.Increment(ref _untold);
        });
    }

    /// <summary>How many events were dropped so far, in all.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>No further event comes: readers come to their end with those that wait. Computations that are under way go on, and tell nothing more.</summary>
    public void Complete() => _entries.Writer.TryComplete();

    /// <summary>Takes the oldest event that waits; false where there is none now.</summary>
    public bool TryRead([NotNullWhen(true)] out RunEvent? happened)
    {
        happened = null;
        if (Interlocked.Exchange(ref _untold, 0) is > 0 and long count)
            happened = new RunEvent.Dropped(DateTimeOffset.UtcNow, count);
        else if (_entries.Reader.TryRead(out RunEntry entry))
            happened = entry.ToEvent();
        return happened is not null;
    }

    /// <summary>The events from now on, as they come, until <see cref="Complete"/>.</summary>
    public async IAsyncEnumerator<RunEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (await _entries.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryRead(out RunEvent? happened))
                yield return happened;
        }
    }

    internal void Add(in RunEntry entry) => _entries.Writer.TryWrite(entry);
}
