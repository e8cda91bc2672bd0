using System.Text;

namespace Tessera.Hdf5Format;

/// <summary>What is given in place of an HDF5 file, and how it becomes one, or what reads it.</summary>
internal static class ForeignFiles
{
    /// <summary>What a file is, for the sentence "this is not an HDF5 file but …".</summary>
    public static string Describe(ReadOnlyFile file)
    {
        if (file.Length == 0)
            return "empty";
        var first = new byte[Math.Min(64, file.Length)];
        file.Read(first, 0);
        if (first.AsSpan().StartsWith("version https://git-lfs"u8))
            return "a pointer of Git LFS to one that wasn't fetched; fetch it with 'git lfs pull'";
        string? name = first.Length >= 8 ? FileSignature.NameOf(first) : null;
        string remedy = name switch
        {
            "a MATLAB 5 file" => "; MATLAB writes HDF5 with save(…, '-v7.3')",
            "a netCDF 3 file" => "; netCDF 4 is HDF5, and 'nccopy -k netCDF-4' turns the one into the other",
            "an HDF4 file" => ", an older format; 'h4toh5' turns the one into the other",
            "a TIFF file" => "; open it with Tessera.Tiff",
            "a file compressed with gzip" or "a ZIP archive" => "; unpack it first",
            _ => "",
        };
        return name is null ? $"begins with {Convert.ToHexString(first.AsSpan(0, Math.Min(8, first.Length)))}{Printed(first)}" : name + remedy;
    }

    /// <summary>What a folder is that was to be opened as a file.</summary>
    public static string DescribeFolder(string path) => new[] { ".zarray", ".zgroup", "zarr.json", ".zmetadata" }.Any(name => File.Exists(Path.Combine(path, name)))
        ? "a folder with a Zarr array or group, which isn't read yet"
        : "a folder";

    private static string Printed(byte[] first) =>
        first.AsSpan().ContainsAnyExceptInRange((byte)' ', (byte)'~') ? "" : $" (\"{Encoding.ASCII.GetString(first.AsSpan(0, Math.Min(16, first.Length)))}\")";
}
