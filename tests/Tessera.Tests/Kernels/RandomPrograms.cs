using System.Runtime.InteropServices;
using System.Text;
using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

/// <summary>Random programs over all element types and operations, and rows for them with the values that make trouble.</summary>
internal sealed class RandomPrograms(int seed)
{
    private static readonly OperationRow[] Operations = [.. OperationTable.All.Where(row => row.Plain is not null)];

    private static readonly long[] HardWholes =
    [
        long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, uint.MaxValue, short.MinValue, ushort.MaxValue, sbyte.MinValue, 0x80, 0x8000,
    ];

    private static readonly double[] HardReals =
    [
        0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 1e19, -1e19, 9.3e18,
        2147483647.5, 2147483648.5, -2147483648.5, 4294967295.5, 4294967296, 709.5, -745.1,
    ];

    private readonly Random _random = new(seed);

    public KernelProgram Next()
    {
        var builder = new KernelProgramBuilder();
        var nodes = new List<int>();
        for (int input = _random.Next(1, 4); input > 0; input--)
            nodes.Add(builder.Input(AnyType(), isScalar: _random.Next(4) == 0));
        for (int count = _random.Next(1, 9); count > 0; count--)
            nodes.Add(Operation(builder, nodes));

        for (int outputs = _random.Next(1, 4); outputs > 0; outputs--)
        {
            KernelOutputKind kind = _random.Next(2) == 0 ? KernelOutputKind.Store : (KernelOutputKind)_random.Next(5);
            int value = outputs == 1 ? nodes[^1] : Any(nodes);
            builder.Output(kind == KernelOutputKind.Store ? value : As(builder, value, builder.TypeOf(value).ComputedAs), kind);
        }

        return builder.Build();
    }

    /// <summary>A row of an element type: small numbers, extremes and special values.</summary>
    public byte[] Row(ElementType type, int count)
    {
        byte[] row = new byte[count * type.Size];
        for (int i = 0; i < count; i++)
        {
            Span<byte> element = row.AsSpan(i * type.Size, type.Size);
            if (type == ElementType.Boolean)
                element[0] = (byte)_random.Next(2);
            else if (type == ElementType.Half)
                MemoryMarshal.Write(element, _random.Next(3) == 0 ? BitConverter.UInt16BitsToHalf((ushort)_random.Next(1 << 16)) : (Half)Real());
            else if (type == ElementType.Single)
                MemoryMarshal.Write(element, (float)Real());
            else if (type == ElementType.Double)
                MemoryMarshal.Write(element, Real());
            else
                BitConverter.GetBytes(Whole()).AsSpan(0, type.Size).CopyTo(element);
        }

        return row;
    }

    public int Length() => _random.Next(3) == 0 ? _random.Next(70) : _random.Next(1000);

    public int Misalignment() => _random.Next(64);

    public static string Text(KernelProgram program)
    {
        var text = new StringBuilder();
        text.AppendJoin(", ", program.Inputs.Select(input => $"{input.Type.Name}{(input.IsScalar ? " scalar" : "")}")).Append(" | ");
        text.AppendJoin(", ", program.Nodes.Select((node, i) => $"{i}: {node.Op} {node.Type.Name} {node.A} {node.B} {node.C}")).Append(" | ");
        return text.AppendJoin(", ", program.Outputs.Select(output => $"{output.Kind} {output.Node}")).ToString();
    }

    private int Operation(KernelProgramBuilder builder, List<int> nodes)
    {
        int a = Any(nodes);
        ElementType type = builder.TypeOf(a);
        switch (_random.Next(10))
        {
            case < 3:
                return builder.Node(KernelOp.Cast, AnyType(), a);
            case 3:
                return builder.Node(KernelOp.Where, type, As(builder, Any(nodes), ElementType.Boolean), a, As(builder, Any(nodes), type));
        }

        OperationRow row = Any([.. Operations.Where(row => row.TakesType(type))]);
        int b = row.Arity < 2 ? -1 : As(builder, Any(nodes), type), c = row.Arity < 3 ? -1 : As(builder, Any(nodes), type);
        return builder.Node(row.Op, row.ResultOf(type), a, b, c);
    }

    private static int As(KernelProgramBuilder builder, int node, ElementType type) => builder.Node(KernelOp.Cast, type, node);

    private ElementType AnyType() => Any(Enum.GetValues<ElementType>());

    private T Any<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    private long Whole() => _random.Next(6) switch
    {
        0 => _random.Next(-3, 4),
        1 => _random.Next(-300, 300),
        2 => Any(HardWholes),
        3 => (1L << _random.Next(64)) + _random.Next(-1, 2),
        _ => _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64),
    };

    private double Real() => _random.Next(6) switch
    {
        0 => _random.Next(-3, 4) / 2.0,
        1 => Any(HardReals),
        2 => _random.Next(-400, 400) + _random.NextDouble(),
        3 => Whole(),
        4 => (float)Whole(),
        _ => (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-5, 25)),
    };
}
