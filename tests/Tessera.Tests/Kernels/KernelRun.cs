using System.Runtime.InteropServices;
using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

/// <summary>Runs kernels over managed rows, copied to native memory at any alignment.</summary>
internal static unsafe class KernelRun
{
    public static readonly Func<KernelProgram, Kernel>[] Backends =
    [
        program => new PlainKernel(program),
        program => new CompiledKernel(program, VectorWidth.Bits512),
        program => new CompiledKernel(program, VectorWidth.Bits256),
        program => new CompiledKernel(program, VectorWidth.Bits128),
    ];

    public static IEnumerable<Kernel> EveryBackend(KernelProgram program) => [new PlainKernel(program), .. Compiled(program)];

    public static IEnumerable<Kernel> Compiled(KernelProgram program) =>
        [
            new CompiledKernel(program, VectorWidth.Bits512),
            new CompiledKernel(program, VectorWidth.Bits256),
            new CompiledKernel(program, VectorWidth.Bits128),
        ];

    /// <summary>Rows in, rows out. A folding output begins with what <paramref name="outputs"/> holds; nothing around the rows may change.</summary>
    public static byte[][] Run(Kernel kernel, byte[][] inputs, byte[][] outputs, long count, int misalignment = 0)
    {
        const int Border = 128;
        byte[][] rows = [.. inputs, .. outputs];
        var addresses = new nint[rows.Length];
        var memory = new nint[rows.Length];
        try
        {
            for (int slot = 0; slot < rows.Length; slot++)
            {
                memory[slot] = (nint)NativeMemory.AlignedAlloc((nuint)(rows[slot].Length + (2 * Border) + 64), 64);
                new Span<byte>((void*)memory[slot], rows[slot].Length + (2 * Border) + 64).Fill(0xA5);
                addresses[slot] = memory[slot] + Border + misalignment;
                rows[slot].CopyTo(new Span<byte>((void*)addresses[slot], rows[slot].Length));
            }

            kernel.Run(addresses, count);

            for (int slot = 0; slot < rows.Length; slot++)
            {
                var row = new Span<byte>((void*)addresses[slot], rows[slot].Length);
                Assert.False(new Span<byte>((void*)(addresses[slot] - 64), 64).ContainsAnyExcept((byte)0xA5), $"slot {slot}: before its row");
                Assert.False(new Span<byte>((void*)(addresses[slot] + row.Length), 64).ContainsAnyExcept((byte)0xA5), $"slot {slot}: after its row");
                Assert.True(slot >= inputs.Length || row.SequenceEqual(rows[slot]), $"input {slot} changed");
                rows[slot] = row.ToArray();
            }

            return rows[inputs.Length..];
        }
        finally
        {
            foreach (nint block in memory)
                NativeMemory.AlignedFree((void*)block);
        }
    }

    /// <summary>One operation over rows of one operand type.</summary>
    public static TResult[] Apply<T, TResult>(Func<KernelProgram, Kernel> backend, KernelOp op, params T[][] operands)
        where T : unmanaged
        where TResult : unmanaged
    {
        KernelProgram program = Operation(op, ElementTypes.Of<T>(), ElementTypes.Of<TResult>(), operands.Length);
        byte[][] inputs = [.. operands.Select(row => MemoryMarshal.AsBytes(row.AsSpan()).ToArray())];
        byte[] output = new byte[operands[0].Length * sizeof(TResult)];
        return MemoryMarshal.Cast<byte, TResult>(Run(backend(program), inputs, [output], operands[0].Length)[0]).ToArray();
    }

    public static KernelProgram Operation(KernelOp op, ElementType operand, ElementType result, int operands)
    {
        var builder = new KernelProgramBuilder();
        int[] nodes = [.. Enumerable.Range(0, operands).Select(_ => builder.Input(operand, isScalar: false))];
        int node = builder.Node(op, result, nodes[0], operands > 1 ? nodes[1] : -1, operands > 2 ? nodes[2] : -1);
        builder.Output(node, KernelOutputKind.Store);
        return builder.Build();
    }

    /// <summary>The same bits, but any NaN equals any other.</summary>
    public static void AssertSame(ElementType type, byte[] expected, byte[] actual, string where)
    {
        int size = type.Size;
        Assert.Equal(expected.Length, actual.Length);
        for (int at = 0; at < expected.Length; at += size)
        {
            ReadOnlySpan<byte> a = expected.AsSpan(at, size);
            ReadOnlySpan<byte> b = actual.AsSpan(at, size);
            if (!a.SequenceEqual(b) && !(IsNaN(type, a) && IsNaN(type, b)))
                Assert.Fail($"{where}: element {at / size} of type {type.Name} is {Text(type, b)}, expected {Text(type, a)}");
        }
    }

    private static bool IsNaN(ElementType type, ReadOnlySpan<byte> element) =>
        (type == ElementType.Half && Half.IsNaN(MemoryMarshal.Read<Half>(element))) ||
        (type == ElementType.Single && float.IsNaN(MemoryMarshal.Read<float>(element))) ||
        (type == ElementType.Double && double.IsNaN(MemoryMarshal.Read<double>(element)));

    private static string Text(ElementType type, ReadOnlySpan<byte> element) => type switch
    {
        ElementType.Half => MemoryMarshal.Read<Half>(element).ToString("R", null),
        ElementType.Single => MemoryMarshal.Read<float>(element).ToString("R"),
        ElementType.Double => MemoryMarshal.Read<double>(element).ToString("R"),
        _ => "0x" + Convert.ToHexString([.. element.ToArray().Reverse()]),
    };
}
