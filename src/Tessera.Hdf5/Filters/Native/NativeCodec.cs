using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// A native library that decodes one filter. It is looked for where the system looks for libraries, once in a process and only when a chunk needs
/// it; where it isn't found, everything else works and the refusal names what to install.
/// </summary>
/// <param name="filter">The filter, for the refusal.</param>
/// <param name="id">Its number.</param>
/// <param name="names">The file's names, without a folder: the one with a version first, which is there without developers' packages.</param>
/// <param name="packages">What brings it: Debian and Ubuntu, Fedora, Homebrew, vcpkg.</param>
internal sealed class NativeCodec(string filter, int id, string[] names, (string Debian, string Fedora, string Brew, string Vcpkg) packages)
{
    // Homebrew's folders aren't among those that macOS searches.
    private static readonly string[] MacFolders = ["/opt/homebrew/lib/", "/usr/local/lib/"];

    private readonly Lazy<nint> _library = new(() => Open(names));

    /// <summary>A function's address; 0 where there is no library, or one without it.</summary>
    public nint Find(string function) =>
        _library.Value != 0 && NativeLibrary.TryGetExport(_library.Value, function, out nint address) ? address : 0;

    /// <summary>Refuses to go on without a function.</summary>
    /// <exception cref="NotSupportedException">The address is 0.</exception>
    public void Require(nint address)
    {
        if (address != 0)
            return;
        throw new NotSupportedException(
            $"The chunks were written with the filter '{filter}' (number {id}), and the library that reads it, {names[0]}, isn't installed or is too old; " +
            $"install {packages.Debian} (Debian, Ubuntu), {packages.Fedora} (Fedora), {packages.Brew} (macOS, with Homebrew), or put the library of vcpkg's " +
            $"{packages.Vcpkg} beside the program (Windows).");
    }

    private static nint Open(string[] names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(NativeCodec).Assembly, null, out nint library))
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
