using System.ComponentModel;

namespace Tessera.Hdf5Format.Tests;

/// <summary>The programs that come with the HDF5 library (package hdf5-tools).</summary>
internal static class Tools
{
    /// <summary>Runs one and gives its exit code.</summary>
    public static int Run(string program, params string[] arguments)
    {
        try
        {
            return Python.Start(program, arguments).ExitCode;
        }
        catch (Win32Exception)
        {
            Python.Missing($"{program} of hdf5-tools");
            throw;
        }
    }
}
