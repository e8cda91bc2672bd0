using System.Buffers;
using System.Diagnostics.Tracing;

namespace Tessera.Files.Tests;

/// <summary>The most bytes that an action has rented at a time from the shared pool of arrays, on the thread that does it, by what the pool tells of itself.</summary>
internal sealed class RentedPeak : EventListener
{
    private const int Rented = 1, Returned = 3;

    [ThreadStatic]
    private static long _now, _most;

    public static long Of(Action action)
    {
        using var listener = new RentedPeak();
        (_now, _most) = (0, 0);
        action();
        return _most;
    }

    /// <summary>That it hears of what is rented at all.</summary>
    public static void Check() => Assert.Equal(4096 + 65536, Of(() =>
    {
        byte[] small = ArrayPool<byte>.Shared.Rent(3000);
        ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(40_000));
        ArrayPool<byte>.Shared.Return(small);
    }));

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
            EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId is not (Rented or Returned) || eventData.Payload is not [_, int bytes, ..])
            return;
        _now += eventData.EventId == Rented ? bytes : -bytes;
        _most = Math.Max(_most, _now);
    }
}
