using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tessera.Bench;

/// <summary>On what was measured, as Markdown: the machine, and the versions of all that ran.</summary>
internal static class MachineText
{
    public static string Head(Starter starter)
    {
        string memory = Units.Digits(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9);
        string peers = starter.PeerVersions() is not { } versions ? "none, there is no python3" : versions.Length > 0 ? versions : "of unknown versions";
        string place = starter.HasPythonPath ? "; packages of --python-path before those installed" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Benchmark of {DateTime.UtcNow:d MMMM yyyy}

            - Machine: {Processor()}, {Environment.ProcessorCount} cores, vectors of {VectorBits()} bits, {memory} GB of memory
            - System: {RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}, {RuntimeInformation.FrameworkDescription}
            - Peers: {peers}{place}

            """);
    }

    private static string Processor()
    {
        const string Processors = "/proc/cpuinfo", Model = "model name";
        string? line = File.Exists(Processors) ? File.ReadLines(Processors).FirstOrDefault(one => one.StartsWith(Model, StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }

    private static int VectorBits() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
