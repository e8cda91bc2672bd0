using System.Diagnostics;

namespace Tessera.Hdf5Format.Tests;

/// <summary>
/// Runs the scripts beside this file with a Python that has h5py. Where there is none, the tests that need it are skipped, or fail if
/// TESSERA_REQUIRE_ALL is 1.
/// </summary>
internal static class Python
{
    private static readonly Lazy<string?> Found = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasTools));

    /// <summary>Runs a script, gives what it prints, and fails the test with its errors if it fails.</summary>
    public static string Run(string script, params string[] arguments)
    {
        Require();
        (int exitCode, string output, string errors) = Start(Found.Value!, [Path.Combine(AppContext.BaseDirectory, "Oracles", script), .. arguments]);
        Assert.True(exitCode == 0, $"{script} failed:\n{errors}");
        return output.Trim();
    }

    /// <summary>Starts a script that goes on beside the test; what it reads and prints is the test's.</summary>
    public static Process StartAside(string script, params string[] arguments)
    {
        Require();
        return Process.Start(new ProcessStartInfo(Found.Value!, [Path.Combine(AppContext.BaseDirectory, "Oracles", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public static void Require()
    {
        if (Found.Value is null)
            Missing("python3 with numpy and h5py");
    }

    /// <summary>Skips the test, or fails it where everything must be there.</summary>
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("TESSERA_REQUIRE_ALL") == "1")
            Assert.Fail($"Not found: {what}.");
        Assert.Skip($"Not found: {what}.");
    }

    /// <summary>Runs any program.</summary>
    public static (int ExitCode, string Output, string Errors) Start(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static bool HasTools(string python)
    {
        try
        {
            return Start(python, ["-c", "import numpy, h5py"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
