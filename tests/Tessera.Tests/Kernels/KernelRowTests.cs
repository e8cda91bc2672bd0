using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

/// <summary>How rows, accumulators and scalar inputs are used, on every backend and vector width.</summary>
public unsafe class KernelRowTests
{
    [Fact]
    public void Element_i_is_folded_into_accumulator_i_mod_lanes_which_goes_on_from_what_it_held()
    {
        double[] row = [.. Enumerable.Range(0, 1003).Select(i => 1.0 / (i + 1))];
        foreach (Kernel kernel in KernelRun.EveryBackend(Folding(ElementType.Double, ElementType.Double, KernelOutputKind.Sum)))
        {
            double[] expected = [.. Enumerable.Range(0, kernel.Program.Lanes).Select(i => i * 10.0)];
            double[] lanes = [.. expected];
            for (int i = 0; i < row.Length; i++)
                expected[i % expected.Length] += row[i];

            Run(kernel, row, lanes, row.Length);
            Assert.Equal(32, lanes.Length);
            Assert.Equal(expected, lanes);
        }
    }

    [Theory]
    [InlineData(100_000, 255)]
    [InlineData(16_384, 255)]
    [InlineData(16_385, 1)]
    public void Sums_of_many_bytes_do_not_overflow_on_the_way(int count, byte value)
    {
        byte[] row = new byte[count];
        Array.Fill(row, value);
        foreach (Kernel kernel in KernelRun.EveryBackend(Folding(ElementType.Byte, ElementType.Int64, KernelOutputKind.Sum)))
            Assert.Equal((long)count * value, Sum(kernel, row));
    }

    [Fact]
    public void Sums_of_many_small_integers_and_truths_do_not_overflow_on_the_way()
    {
        const int Count = (1 << 21) + 100_000;
        ushort[] ushorts = new ushort[Count];
        Array.Fill(ushorts, ushort.MaxValue);
        short[] shorts = new short[Count];
        Array.Fill(shorts, short.MinValue);
        bool[] truths = new bool[Count];
        Array.Fill(truths, true);
        sbyte[] sbytes = new sbyte[Count];
        Array.Fill(sbytes, sbyte.MinValue);
        Assert.All(SumsTo64Bits(ElementType.UInt16), kernel => Assert.Equal(65535L * Count, Sum(kernel, ushorts)));
        Assert.All(SumsTo64Bits(ElementType.Int16), kernel => Assert.Equal(-32768L * Count, Sum(kernel, shorts)));
        Assert.All(SumsTo64Bits(ElementType.Boolean), kernel => Assert.Equal(Count, Sum(kernel, truths)));
        Assert.All(SumsTo64Bits(ElementType.SByte), kernel => Assert.Equal(-128L * Count, Sum(kernel, sbytes)));
    }

    [Fact]
    public void A_stored_row_may_lie_upon_an_input_row()
    {
        var builder = new KernelProgramBuilder();
        int state = builder.Input(ElementType.Double, isScalar: false);
        int value = builder.Node(KernelOp.Cast, ElementType.Double, builder.Input(ElementType.Byte, isScalar: false));
        builder.Output(builder.Node(KernelOp.Add, ElementType.Double, state, value), KernelOutputKind.Store);
        foreach (Kernel kernel in KernelRun.EveryBackend(builder.Build()))
        {
            double[] states = [.. Enumerable.Range(0, 777).Select(i => i / 2.0)];
            double[] expected = [.. states.Select((element, i) => element + (byte)i)];
            byte[] values = [.. Enumerable.Range(0, states.Length).Select(i => (byte)i)];
            fixed (double* first = states)
            fixed (byte* second = values)
                kernel.Run([(nint)first, (nint)second, (nint)first], states.Length);
            Assert.Equal(expected, states);
        }
    }

    [Fact]
    public void Two_stored_rows_may_lie_upon_the_inputs_of_both()
    {
        // Each output needs the old values of both rows.
        var builder = new KernelProgramBuilder();
        int a = builder.Input(ElementType.Int32, isScalar: false), b = builder.Input(ElementType.Int32, isScalar: false);
        builder.Output(builder.Node(KernelOp.Negate, ElementType.Int32, b), KernelOutputKind.Store);
        builder.Output(builder.Node(KernelOp.Square, ElementType.Int32, a), KernelOutputKind.Store);
        foreach (Kernel kernel in KernelRun.EveryBackend(builder.Build()))
        {
            int[] first = [.. Enumerable.Range(0, 100)], second = [.. Enumerable.Range(1000, 100)];
            fixed (int* x = first)
            fixed (int* y = second)
                kernel.Run([(nint)x, (nint)y, (nint)x, (nint)y], 100);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => -(1000 + i)), first);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => i * i), second);
        }
    }

    [Fact]
    public void An_empty_row_changes_nothing()
    {
        double[] lanes = new double[32];
        Array.Fill(lanes, 7);
        foreach (Kernel kernel in KernelRun.EveryBackend(Folding(ElementType.Double, ElementType.Double, KernelOutputKind.Product)))
            Run(kernel, Array.Empty<double>(), lanes, 0);
        Assert.All(lanes, lane => Assert.Equal(7, lane));
    }

    [Fact]
    public void An_operation_that_a_type_lacks_is_named()
    {
        KernelProgram program = KernelRun.Operation(KernelOp.Sqrt, ElementType.Int32, ElementType.Int32, 1);
        NotSupportedException compiling = Assert.Throws<NotSupportedException>(() => new CompiledKernel(program));
        NotSupportedException running = Assert.Throws<NotSupportedException>(
            () => KernelRun.Run(new PlainKernel(program), [new byte[4]], [new byte[4]], 1));
        Assert.Contains("Sqrt of int", compiling.Message);
        Assert.Equal(compiling.Message, running.Message);
    }

    [Fact]
    public void A_program_of_many_operations_is_right_too()
    {
        var builder = new KernelProgramBuilder();
        int x = builder.Input(ElementType.Byte, isScalar: false), value = builder.Node(KernelOp.Cast, ElementType.Double, x);
        for (int i = 0; i < 100; i++)
        {
            int mixed = builder.Node(KernelOp.Cast, ElementType.Double, builder.Node(KernelOp.Cast, ElementType.Int16, value));
            value = builder.Node(KernelOp.Maximum, ElementType.Double, builder.Node(KernelOp.Subtract, ElementType.Double, mixed, value), mixed);
            value = builder.Node(KernelOp.Add, ElementType.Double, value, builder.Node(KernelOp.Cast, ElementType.Double, x));
        }

        builder.Output(value, KernelOutputKind.Sum);
        KernelProgram program = builder.Build();
        byte[] row = [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 7))];
        byte[][] results = [.. KernelRun.EveryBackend(program).Select(kernel => KernelRun.Run(kernel, [row], [new byte[64 * 8]], row.Length)[0])];
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    private static KernelProgram Folding(ElementType input, ElementType type, KernelOutputKind kind)
    {
        var builder = new KernelProgramBuilder();
        builder.Output(builder.Node(KernelOp.Cast, type, builder.Input(input, isScalar: false)), kind);
        return builder.Build();
    }

    private static IEnumerable<Kernel> SumsTo64Bits(ElementType input) =>
        KernelRun.Compiled(Folding(input, ElementType.Int64, KernelOutputKind.Sum));

    private static long Sum<T>(Kernel kernel, T[] row)
        where T : unmanaged
    {
        long[] lanes = new long[kernel.Program.Lanes];
        Run(kernel, row, lanes, row.Length);
        return lanes.Sum();
    }

    private static void Run<T, TLane>(Kernel kernel, T[] row, TLane[] lanes, long count)
        where T : unmanaged
        where TLane : unmanaged
    {
        fixed (T* first = row)
        fixed (TLane* accumulators = lanes)
            kernel.Run([(nint)first, (nint)accumulators], count);
    }
}
