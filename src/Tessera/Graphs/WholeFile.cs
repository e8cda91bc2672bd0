namespace Tessera.Graphs;

/// <summary>Writes a file beside its place and moves it there when it is whole, so that nobody sees half of it.</summary>
internal static class WholeFile
{
    /// <returns>The full path.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder isn't there.</exception>
    public static string Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new DirectoryNotFoundException($"There is no folder for '{path}'. Make the folder first, or write to another.");

        string unfinished = $"{full}.{Guid.NewGuid():N}.unfinished"; // in the same folder, so that moving it doesn't copy
        try
        {
            using (FileStream stream = File.Create(unfinished))
                write(stream);
            File.Move(unfinished, full, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished); // does nothing where it was moved
        }

        return full;
    }
}
