namespace Tessera.Hdf5Format.Tests;

/// <summary>The checksum of zlib's crc32.</summary>
internal static class Crc32
{
    private static readonly uint[] Table =
        [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (c, _) => (c >> 1) ^ ((c & 1) * 0xEDB88320)))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
            crc = (crc >> 8) ^ Table[(byte)crc ^ b];
        return ~crc;
    }
}
