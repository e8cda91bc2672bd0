using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Tessera.KernelBench;

/// <summary>
/// Runs benchmarks in this process: a project that BenchmarkDotNet would generate lies inside the repository, whose rules for source text it
/// doesn't keep.
/// </summary>
internal sealed class KernelConfig : ManualConfig
{
    public KernelConfig()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithMinIterationCount(10).WithMaxIterationCount(20));
        AddColumn(new ThroughputColumn("GB/s", work => work.Bytes / 1e9), new ThroughputColumn("elements/ns", work => work.Elements / 1e9));
        HideColumns(Column.Error, Column.RatioSD);
    }
}
