using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Tessera.KernelBench;

/// <summary>An amount of a call's <see cref="WorkAttribute"/> over its mean time.</summary>
/// <param name="name">With the unit: the amount a second.</param>
/// <param name="amount">What is divided by seconds.</param>
internal sealed class ThroughputColumn(string name, Func<WorkAttribute, double> amount) : IColumn
{
    public string Id => $"{nameof(ThroughputColumn)}.{name}";

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => $"{name}: from the mean time of a call";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        const double NanosecondsPerSecond = 1e9;
        WorkAttribute? work = benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>();
        double? mean = summary[benchmarkCase]?.ResultStatistics?.Mean;
        return work is null || mean is null ? "" : (amount(work) / (mean.Value / NanosecondsPerSecond)).ToString("F2", CultureInfo.InvariantCulture);
    }
}
