using System.Runtime.InteropServices;

namespace Tessera.Files;

/// <summary>
/// A native library that a system may have. It is looked for where the system looks for libraries, once in a process and only when it is asked for a
/// function.
/// </summary>
/// <param name="names">The file's names, without a folder: the one with a version first, which is there without developers' packages.</param>
internal sealed class SystemLibrary(string[] names)
{
    // Homebrew's folders aren't among those that macOS searches.
    private static readonly string[] MacFolders = ["/opt/homebrew/lib/", "/usr/local/lib/"];

    private readonly Lazy<nint> _library = new(() => Open(names));

    /// <summary>A function's address; 0 where there is no library, or one without it.</summary>
    public nint Find(string function) =>
        _library.Value != 0 && NativeLibrary.TryGetExport(_library.Value, function, out nint address) ? address : 0;

    private static nint Open(string[] names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(SystemLibrary).Assembly, null, out nint library))
                return library;
            foreach (string folder in OperatingSystem.IsMacOS() ? MacFolders : [])
            {
                if (NativeLibrary.TryLoad(folder + name, out library))
                    return library;
            }
        }

        return 0;
    }
}
