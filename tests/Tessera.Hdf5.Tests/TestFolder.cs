namespace Tessera.Hdf5Format.Tests;

/// <summary>A folder of a test's own, removed with all that is in it.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tessera-hdf5-").FullName;

    /// <summary>A folder for tests that write, which are skipped where the HDF5 library isn't.</summary>
    public static TestFolder ForWriting()
    {
        try
        {
            using (NativeHdf5.Enter())
                return new TestFolder();
        }
        catch (DllNotFoundException missing)
        {
            Python.Missing(missing.Message);
            throw;
        }
    }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Writes a file and gives its path.</summary>
    public string Put(string file, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllBytes(PathOf(file), bytes);
        return PathOf(file);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
