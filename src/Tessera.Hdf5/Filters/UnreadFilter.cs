namespace Tessera.Hdf5Format;

/// <summary>Stands for a filter that isn't known here. A chunk for which it was left out is read nevertheless.</summary>
internal sealed class UnreadFilter(int id, string name) : ChunkFilter(id)
{
    public override string Name => name;

    public override long MostEncoded(long bytes) => bytes;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination) =>
        throw new NotSupportedException($"The chunks were written with the filter '{name}' (number {Id}), which isn't read; write the dataset anew without it, with 'h5repack -f GZIP=4' for instance.");
}
