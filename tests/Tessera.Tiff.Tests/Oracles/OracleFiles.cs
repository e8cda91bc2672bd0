using System.Diagnostics;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(Tessera.TiffFormat.Tests.OracleFiles))]

namespace Tessera.TiffFormat.Tests;

/// <summary>
/// The files that tifffile, libtiff's tools and ffmpeg write for the tests, made once for the whole run by one Python process. Where there
/// is no Python with tifffile the tests that need it are skipped, or fail if TESSERA_REQUIRE_ALL is 1.
/// </summary>
public sealed class OracleFiles : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new();

    private readonly TestFolder _folder = new();
    private readonly Lazy<string?> _python;
    private readonly Lazy<Case[]> _cases;

    public OracleFiles()
    {
        _python = new Lazy<string?>(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasTools));
        _cases = new Lazy<Case[]>(() =>
        {
            Run("write");
            return JsonSerializer.Deserialize<Case[]>(File.ReadAllText(PathOf("cases.json")), Plain)!;
        });
    }

    /// <summary>A file and what it holds.</summary>
    public sealed record Case(string Group, string File, string Type, long[] Shape, string Raw)
    {
        public override string ToString() => $"{File} ({Type} of {string.Join('×', Shape)})";
    }

    /// <summary>A file that we wrote, to be read by the others; Plain where only libtiff has its codec.</summary>
    public sealed record Written(string File, string Type, long[] Shape, string Raw, bool Plain);

    public string PathOf(string file) => _folder.PathOf(file);

    public byte[] Expected(Case what) => File.ReadAllBytes(PathOf(what.Raw));

    /// <summary>The files of one writer.</summary>
    public IReadOnlyList<Case> Cases(string group)
    {
        RequirePython();
        return [.. _cases.Value.Where(one => one.Group == group)];
    }

    /// <summary>What the others say against files that we wrote into the folder: a line for each that differs.</summary>
    public string Check(IEnumerable<Written> written)
    {
        RequirePython();
        File.WriteAllText(PathOf("written.json"), JsonSerializer.Serialize(written, Plain));
        return Run("check");
    }

    /// <summary>Runs another script of the oracle's on the folder.</summary>
    public string RunScript(string script)
    {
        RequirePython();
        return Run(script, []);
    }

    public void Dispose() => _folder.Dispose();

    public void RequirePython()
    {
        if (_python.Value is null)
            Missing("python3 with numpy, tifffile, scikit-image and Pillow, and the commands tiffcp, tiffinfo and ffmpeg");
    }

    /// <summary>Skips the test, or fails it where everything must be there.</summary>
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("TESSERA_REQUIRE_ALL") == "1")
            Assert.Fail($"Not found: {what}.");
        Assert.Skip($"Not found: {what}.");
    }

    private static bool HasTools(string python)
    {
        try
        {
            return Start(python, ["-c", "import numpy, tifffile, skimage, PIL, shutil; assert all(map(shutil.which, ['tiffcp', 'tiffinfo', 'ffmpeg']))"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }

    private string Run(string verb) => Run("oracle.py", [verb]);

    private string Run(string script, string[] arguments)
    {
        (int exitCode, string output, string errors) = Start(_python.Value!, [Path.Combine(AppContext.BaseDirectory, "Oracles", script), .. arguments, _folder.Path]);
        Assert.True(exitCode == 0, $"The oracle failed:\n{errors}");
        return output.Trim();
    }

    private static (int ExitCode, string Output, string Errors) Start(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
