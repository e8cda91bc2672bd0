using System.Buffers.Binary;

namespace Tessera.Bench;

/// <summary>
/// Where the strips of a TIFF file's first page lie, for the files that <see cref="Datasets"/> writes: little-endian, and small enough for
/// offsets of 32 bits. An entry of the directory is 12 bytes: tag, type, count, and the value or where the values are.
/// </summary>
internal static class TiffStrips
{
    private const int Offsets = 273, Lengths = 279;
    private const int ShortType = 3;

    public static IEnumerable<(byte[] File, int Offset, int Length)> Of(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return Values(file, Offsets).Zip(Values(file, Lengths), (offset, length) => (file, offset, length));
    }

    private static int[] Values(byte[] file, int tag)
    {
        int directory = Int32(file, 4);
        int entry = Enumerable.Range(0, UInt16(file, directory)).Select(i => directory + 2 + (12 * i)).Single(at => UInt16(file, at) == tag);
        bool isShort = UInt16(file, entry + 2) == ShortType;
        int count = Int32(file, entry + 4), size = isShort ? 2 : 4;
        int values = count * size <= 4 ? entry + 8 : Int32(file, entry + 8);
        return [.. Enumerable.Range(0, count).Select(i => isShort ? UInt16(file, values + (2 * i)) : Int32(file, values + (4 * i)))];
    }

    private static int UInt16(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private static int Int32(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
}
