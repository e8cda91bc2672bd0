using System.Diagnostics;
using System.Text.Json;

namespace Tessera.RealFiles;

/// <summary>A page or dataset as tifffile or h5py reads it, or why they don't.</summary>
internal sealed record Item(string File, string Name, long[]? Shape, string? Type, string? Sha1, string? Error);

internal static class Oracle
{
    private static readonly JsonSerializerOptions Lines = new() { PropertyNameCaseInsensitive = true };

    public static IEnumerable<Item> Read(string folder)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "oracle.py"), folder]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            Line one = JsonSerializer.Deserialize<Line>(line, Lines)!;
            yield return new Item(one.File, one.Item, one.Shape, one.Type, one.Sha1, one.Error);
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"oracle.py ended with {process.ExitCode}; it needs python3 with numpy, tifffile and h5py.");
    }

    private sealed record Line(string File, string Item, long[]? Shape, string? Type, string? Sha1, string? Error);
}
