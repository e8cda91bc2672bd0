using BenchmarkDotNet.Attributes;
using Tessera.Kernels;

namespace Tessera.KernelBench;

/// <summary>Elementwise programs, stored and summed up.</summary>
public class ElementwiseBenchmarks
{
    private readonly nint _doubles = CachedRows.RandomDoubles();
    private readonly nint _bytes = CachedRows.RandomBytes();
    private readonly nint _one = CachedRows.Zeros(sizeof(double));
    private readonly nint _two = CachedRows.Zeros(sizeof(double));
    private readonly nint _result = CachedRows.Zeros(CachedRows.Bytes);
    private readonly Kernel _stored = Chain(KernelOutputKind.Store);
    private readonly Kernel _summed = Chain(KernelOutputKind.Sum);
    private readonly Kernel _widened = Cast(ElementType.Byte, ElementType.Double);
    private readonly Kernel _narrowed = Cast(ElementType.Double, ElementType.Byte);

    [GlobalSetup]
    public unsafe void Fill() => (*(double*)_one, *(double*)_two) = (1, 2);

    /// <summary>(x + 1) * 2 - x * x.</summary>
    [Benchmark, Work(CachedRows.Doubles, 2 * CachedRows.Bytes)]
    public void ChainStored() => _stored.Run([_doubles, _one, _two, _result], CachedRows.Doubles);

    [Benchmark, Work(CachedRows.Doubles, CachedRows.Bytes)]
    public void ChainSummed() => _summed.Run([_doubles, _one, _two, _result], CachedRows.Doubles);

    [Benchmark, Work(CachedRows.Doubles, CachedRows.Bytes + CachedRows.Doubles)]
    public void BytesToDoubles() => _widened.Run([_bytes, _result], CachedRows.Doubles);

    [Benchmark, Work(CachedRows.Doubles, CachedRows.Bytes + CachedRows.Doubles)]
    public void DoublesToBytes() => _narrowed.Run([_doubles, _result], CachedRows.Doubles);

    [GlobalCleanup]
    public void Free()
    {
        foreach (nint memory in (nint[])[_doubles, _bytes, _one, _two, _result])
            CachedRows.Free(memory);
    }

    private static Kernel Chain(KernelOutputKind kind)
    {
        var program = new KernelProgramBuilder();
        int x = program.Input(ElementType.Double, isScalar: false);
        int one = program.Input(ElementType.Double, isScalar: true), two = program.Input(ElementType.Double, isScalar: true);
        int doubled = program.Node(KernelOp.Multiply, ElementType.Double, program.Node(KernelOp.Add, ElementType.Double, x, one), two);
        int squared = program.Node(KernelOp.Multiply, ElementType.Double, x, x);
        program.Output(program.Node(KernelOp.Subtract, ElementType.Double, doubled, squared), kind);
        return KernelCache.Compiled(program.Build());
    }

    private static Kernel Cast(ElementType from, ElementType to)
    {
        var program = new KernelProgramBuilder();
        program.Output(program.Node(KernelOp.Cast, to, program.Input(from, isScalar: false)), KernelOutputKind.Store);
        return KernelCache.Compiled(program.Build());
    }
}
