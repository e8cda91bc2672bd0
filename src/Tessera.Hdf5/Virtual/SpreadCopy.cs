namespace Tessera.Hdf5Format;

/// <summary>Copies elements that lie at any distances along each axis, of what they are taken from and of what they are put into.</summary>
internal sealed class SpreadCopy(int width, int axes)
{
    private readonly long[][] _from = new long[axes][], _to = new long[axes][];

    /// <summary>Where the elements along an axis lie, counted in elements from the first.</summary>
    public void Axis(int axis, long length, Func<long, long> from, Func<long, long> to)
    {
        (_from[axis], _to[axis]) = (new long[length], new long[length]);
        for (long k = 0; k < length; k++)
            (_from[axis][k], _to[axis][k]) = (from(k), to(k));
    }

    public void Copy(ReadOnlySpan<byte> source, Span<byte> target) => Copy(source, target, 0, 0, 0);

    private void Copy(ReadOnlySpan<byte> source, Span<byte> target, int axis, long from, long to)
    {
        if (axis == axes)
        {
            source.Slice((int)from * width, width).CopyTo(target[((int)to * width)..]);
            return;
        }

        (long[] sources, long[] targets) = (_from[axis], _to[axis]);
        for (int k = 0; k < sources.Length;)
        {
            int row = axis == axes - 1 ? Row(sources, targets, k) : 1;
            if (axis == axes - 1)
                source.Slice((int)(from + sources[k]) * width, row * width).CopyTo(target[((int)(to + targets[k]) * width)..]);
            else
                Copy(source, target, axis + 1, from + sources[k], to + targets[k]);
            k += row;
        }
    }

    /// <summary>How many elements from one on lie side by side in both.</summary>
    private static int Row(long[] sources, long[] targets, int first)
    {
        int next = first + 1;
        while (next < sources.Length && sources[next] == sources[next - 1] + 1 && targets[next] == targets[next - 1] + 1)
            next++;
        return next - first;
    }
}
