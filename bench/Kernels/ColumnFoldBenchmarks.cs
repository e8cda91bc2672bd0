using BenchmarkDotNet.Attributes;
using Tessera.Kernels;

namespace Tessera.KernelBench;

/// <summary>A row of values that enters a row of states, element by element. A mean is a sum until it is finished.</summary>
public class ColumnFoldBenchmarks
{
    // The values, and both components of each state read and written.
    private const int Bytes = 5 * CachedRows.Bytes;

    private readonly Fold _mean = new(new SumReduction(ElementType.Double));
    private readonly Fold _variance = new(new VarianceReduction(Ddof: 0));

    [Benchmark, Work(CachedRows.Doubles, Bytes)]
    public void Mean() => _mean.Run();

    [Benchmark, Work(CachedRows.Doubles, Bytes)]
    public void Variance() => _variance.Run();

    [GlobalCleanup]
    public void Free()
    {
        _mean.Free();
        _variance.Free();
    }

    /// <summary>A reduction over a row of values and a row of states, which lie in the cache.</summary>
    private sealed class Fold
    {
        private readonly Kernel _kernel;
        private readonly nint _row = CachedRows.RandomDoubles();
        private readonly nint _cell = CachedRows.Zeros(sizeof(double));
        private readonly nint[] _state;
        private readonly nint[] _addresses;

        public Fold(Reduction reduction)
        {
            var program = new KernelProgramBuilder();
            int value = program.Input(ElementType.Double, isScalar: false);
            int[] state = [.. reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
            int cell = reduction.CellType is { } type ? program.Input(type, isScalar: true) : -1;
            foreach (int component in reduction.FoldColumns(program, value, state, cell))
                program.Output(component, KernelOutputKind.Store);
            _kernel = KernelCache.Compiled(program.Build());
            _state = [.. state.Select(_ => CachedRows.Zeros(CachedRows.Bytes))];
            nint[] cells = cell < 0 ? [] : [_cell];
            _addresses = [_row, .. _state, .. cells, .. _state];
        }

        public void Run() => _kernel.Run(_addresses, CachedRows.Doubles);

        public void Free()
        {
            foreach (nint memory in (nint[])[_row, _cell, .. _state])
                CachedRows.Free(memory);
        }
    }
}
