using BenchmarkDotNet.Attributes;
using Tessera.Kernels;

namespace Tessera.KernelBench;

/// <summary>Whole rows folded into one state.</summary>
public class RowFoldBenchmarks
{
    private readonly Fold _sum = new(new SumReduction(ElementType.Double), ElementType.Double);
    private readonly Fold _variance = new(new VarianceReduction(Ddof: 0), ElementType.Double);
    private readonly Fold _maximum = new(new ExtremeReduction(ElementType.Byte, IsMaximum: true), ElementType.Byte);

    [Benchmark, Work(CachedRows.Doubles, CachedRows.Bytes)]
    public void Sum() => _sum.Run();

    [Benchmark, Work(CachedRows.Doubles, CachedRows.Bytes)]
    public void Variance() => _variance.Run();

    [Benchmark, Work(CachedRows.Bytes, CachedRows.Bytes)]
    public void MaximumOfBytes() => _maximum.Run();

    [GlobalCleanup]
    public void Free()
    {
        _sum.Free();
        _variance.Free();
        _maximum.Free();
    }

    /// <summary>A reduction over one row that lies in the cache.</summary>
    private sealed class Fold
    {
        private readonly RowFold _fold;
        private readonly nint _row;
        private readonly nint[] _state;
        private readonly long _length;
        private readonly int _size;

        public Fold(Reduction reduction, ElementType type)
        {
            (_row, _size) = (type == ElementType.Byte ? CachedRows.RandomBytes() : CachedRows.RandomDoubles(), type.Size);
            _length = CachedRows.Bytes / _size;
            _state = [.. reduction.State.Select(_ => CachedRows.Zeros(sizeof(double)))];
            _fold = reduction.Rows(end =>
            {
                var program = new KernelProgramBuilder();
                end(program, program.Input(type, isScalar: false));
                return KernelCache.Compiled(program.Build());
            });
        }

        public void Run()
        {
            var rows = new RowSet
            {
                Addresses = [_row],
                RowStrides = [0],
                Strides = [_size],
                Rows = 1,
                Length = _length,
                Folded = 0,
                Index = 0,
                IndexRowStride = 0,
                IndexStride = 0,
            };
            _fold.Fold(rows, _state);
        }

        public void Free()
        {
            CachedRows.Free(_row);
            foreach (nint component in _state)
                CachedRows.Free(component);
        }
    }
}
