using BenchmarkDotNet.Attributes;
using Tessera.Kernels;

namespace Tessera.KernelBench;

/// <summary>Boxes copied between layouts.</summary>
public class CopyBenchmarks
{
    private const int Side = 512, DoubleSide = 128;

    private readonly nint _source = CachedRows.RandomBytes();
    private readonly nint _destination = CachedRows.Zeros(CachedRows.Bytes);

    [Benchmark, Work(CachedRows.Bytes, 2 * CachedRows.Bytes)]
    public void Dense() => StridedCopy.Copy(_source, [Side, 1], _destination, [Side, 1], [Side, Side], size: 1);

    /// <summary>Rows of 128 bytes out of rows of 512.</summary>
    [Benchmark, Work(CachedRows.Bytes / 4, CachedRows.Bytes / 2)]
    public void ShortRows() => StridedCopy.Copy(_source, [Side, 1], _destination, [Side / 4, 1], [Side, Side / 4], size: 1);

    /// <summary>Every other byte.</summary>
    [Benchmark, Work(CachedRows.Bytes / 2, CachedRows.Bytes)]
    public void EveryOther() => StridedCopy.Copy(_source, [Side, 2], _destination, [Side / 2, 1], [Side, Side / 2], size: 1);

    [Benchmark, Work(CachedRows.Bytes, 2 * CachedRows.Bytes)]
    public void TransposedBytes() => StridedCopy.Copy(_source, [1, Side], _destination, [Side, 1], [Side, Side], size: 1);

    [Benchmark, Work(DoubleSide * DoubleSide, 2 * DoubleSide * DoubleSide * sizeof(double))]
    public void TransposedDoubles() =>
        StridedCopy.Copy(_source, [8, 8 * DoubleSide], _destination, [8 * DoubleSide, 8], [DoubleSide, DoubleSide], size: sizeof(double));

    [GlobalCleanup]
    public void Free()
    {
        CachedRows.Free(_source);
        CachedRows.Free(_destination);
    }
}
