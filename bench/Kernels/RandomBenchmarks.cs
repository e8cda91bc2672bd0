using BenchmarkDotNet.Attributes;
using Tessera.Kernels;

namespace Tessera.KernelBench;

/// <summary>Random elements from Philox.</summary>
public class RandomBenchmarks
{
    private const int Integers = CachedRows.Bytes / sizeof(int);

    private readonly nint _row = CachedRows.Zeros(CachedRows.Bytes);
    private readonly RandomKernel _uniform = RandomKernel.Create(ElementType.Double, new RandomDistribution.Uniform(0, 1), seed: 7, stream: 0);
    private readonly RandomKernel _integers = RandomKernel.Create(ElementType.Int32, new RandomDistribution.Integers(0, 255), seed: 7, stream: 0);
    private readonly RandomKernel _bytes = RandomKernel.Create(ElementType.Byte, new RandomDistribution.Integers(0, 256), seed: 7, stream: 0);
    private readonly RandomKernel _normal = RandomKernel.Create(ElementType.Double, new RandomDistribution.Normal(0, 1), seed: 7, stream: 0);

    [Benchmark, Work(CachedRows.Doubles, CachedRows.Bytes)]
    public void UniformDoubles() => Fill(_uniform);

    [Benchmark, Work(Integers, CachedRows.Bytes)]
    public void BoundedIntegers() => Fill(_integers);

    [Benchmark, Work(CachedRows.Bytes, CachedRows.Bytes)]
    public void Bytes() => Fill(_bytes);

    [Benchmark, Work(CachedRows.Doubles, CachedRows.Bytes)]
    public void NormalDoubles() => Fill(_normal);

    [GlobalCleanup]
    public void Free() => CachedRows.Free(_row);

    private unsafe void Fill(RandomKernel kernel) => kernel.Fill(first: 0, new Span<byte>((void*)_row, CachedRows.Bytes));
}
