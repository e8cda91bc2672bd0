using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>Where libhdf5 is looked for, by the names that distributions give it, and what is said where it isn't found.</summary>
internal static class LibraryPlaces
{
    // The numbers are those of the interface: 100 and 101 is 1.10.0, 103 is 1.10, 200 is 1.12, 310 is 1.14, 320 is 2.0. The newest first.
    private static readonly string[] Numbers = ["320", "310", "200", "103", "101", "100"];

    /// <summary>All names, in the order in which they are tried.</summary>
    public static IEnumerable<string> Names
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return ["hdf5.dll", "libhdf5.dll", "libhdf5-0.dll", "libhdf5-310.dll"];
            if (OperatingSystem.IsMacOS())
                return ["libhdf5.dylib", "/opt/homebrew/lib/libhdf5.dylib", "/usr/local/lib/libhdf5.dylib", "/opt/local/lib/libhdf5.dylib"];
            return [.. Numbers.SelectMany(number => new[] { $"libhdf5_serial.so.{number}", $"libhdf5.so.{number}" }), "libhdf5_serial.so", "libhdf5.so"];
        }
    }

    /// <summary>Loads the first library that is found.</summary>
    /// <param name="load">Loads a library by its name; 0 where there is none.</param>
    /// <exception cref="DllNotFoundException">There is none; says what to install.</exception>
    public static nint Find(Func<string, nint> load)
    {
        foreach (string name in Names)
        {
            if (load(name) is var library && library != 0)
                return library;
        }

        throw new DllNotFoundException(
            $"HDF5 files are written with the HDF5 library (libhdf5), and it isn't installed: none of {string.Join(", ", Names)} was found. " +
            "Debian and Ubuntu: apt-get install hdf5-tools (which brings libhdf5-103, -103-1, -103-1t64 or -310, as the release calls it). Fedora: dnf install hdf5. " +
            "macOS: brew install hdf5. Windows: The HDF Group's installer, or conda install hdf5, with the folder of hdf5.dll in PATH. Reading needs no library.");
    }

    public static nint Load(string name) => NativeLibrary.TryLoad(name, out nint library) ? library : 0;
}
