namespace Tessera.Files;

/// <summary>Knows by their first bytes the formats that are given most often in place of the one that was meant, so that the refusal can call them by name.</summary>
internal static class FileSignature
{
    /// <summary>What a file is that begins with these bytes, 8 at least; null where that isn't known.</summary>
    public static string? NameOf(ReadOnlySpan<byte> first) => first switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "a PNG file",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG file",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF file",
        [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "an HDF5 file",
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "a NumPy array (.npy)",
        [(byte)'Z', (byte)'I', (byte)'S', (byte)'R', (byte)'A', (byte)'W', ..] => "a Zeiss CZI file",
        [0xDA, 0xCE, 0xBE, 0x0A, ..] => "a Nikon ND2 file",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP archive",
        [0x1F, 0x8B, ..] => "a file compressed with gzip",
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "a TIFF file",
        [0x0E, 3, 0x13, 1, ..] => "an HDF4 file",
        [(byte)'C', (byte)'D', (byte)'F', 1 or 2 or 5, ..] => "a netCDF 3 file",
        [(byte)'M', (byte)'A', (byte)'T', (byte)'L', (byte)'A', (byte)'B', (byte)' ', (byte)'5', ..] => "a MATLAB 5 file",
        _ => null,
    };
}
