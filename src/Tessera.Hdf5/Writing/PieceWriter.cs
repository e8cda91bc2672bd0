using Microsoft.Win32.SafeHandles;

namespace Tessera.Hdf5Format;

/// <summary>Writes blocks to their places in a dataset that lies in one piece of the file: by the system alone, many threads at once.</summary>
internal sealed class PieceWriter(NativeSubject subject, SafeFileHandle file, long offset, Shape shape, int elementBytes)
{
    private long _written;

    /// <summary>Elements that were written.</summary>
    public long Written => Interlocked.Read(ref _written);

    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        Span<long> zero = stackalloc long[region.Rank];
        zero.Clear();
        var walk = new BoxRuns(region.Extent, region.Extent, zero, shape, region.Start);
        while (walk.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            Write(elements.Slice((int)walk.Source * elementBytes, (int)walk.Run * elementBytes), offset + (walk.Target * elementBytes));
        }

        Interlocked.Add(ref _written, region.Length);
    }

    private void Write(ReadOnlySpan<byte> elements, long at)
    {
        try
        {
            RandomAccess.Write(file, elements, at);
        }
        catch (IOException failure)
        {
            string reason = failure.Message.Split(" : '")[0]; // without the name of the part, which nobody knows
            throw new IOException($"{subject}: writing its elements failed: {reason}", failure);
        }
    }
}
