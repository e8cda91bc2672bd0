namespace Tessera.Storage;

/// <summary>What sources and sinks say that they work with: numbers of others' code, on which the count of memory rests.</summary>
internal static class SaidBytes
{
    /// <summary>More than any machine has, and so little that sums don't overflow.</summary>
    private const long Most = 1L << 50;

    /// <exception cref="InvalidOperationException">The source says nothing that can be, or fails to say it; names it and the region.</exception>
    public static long OfReading(IBlockSource source, Region region) => Checked(source.Name, "reads", region, source.WorkingBytes);

    /// <exception cref="InvalidOperationException">The sink says nothing that can be, or fails to say it; names it and the region.</exception>
    public static long OfWriting(IBlockSink sink, Region region) => Checked(sink.Name, "writes", region, sink.WorkingBytes);

    private static long Checked(string name, string does, Region region, Func<Region, long> say)
    {
        long bytes;
        try
        {
            bytes = say(region);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{name} failed to say with how many bytes it {does} {region}: {failure.Message}", failure);
        }

        return bytes is >= 0 and <= Most
            ? bytes
            : throw new InvalidOperationException($"{name} says that it {does} {region} with {bytes} bytes; WorkingBytes is between 0 and 2^50, and 0 where it isn't known.");
    }
}
