using Tessera.Kernels;
using Tessera.Tests.Expressions;

namespace Tessera.Tests.Kernels;

/// <summary>The tables of element types and of operations: nothing is left out of them, and all that they say is so.</summary>
public class OperationTableTests
{
    public static TheoryData<string> Computed => [.. OperationTable.All.Where(row => row.Plain is not null).Select(row => row.Op.ToString())];

    [Fact]
    public void Every_operation_has_a_row() =>
        Assert.All(Enum.GetValues<KernelOp>(), op => Assert.Equal(op, OperationTable.Of(op).Op));

    [Fact]
    public void Every_element_type_has_a_row_and_a_type_of_its_size()
    {
        Assert.All(Enum.GetValues<ElementType>(), type =>
        {
            ElementTypeRow row = ElementTypeTable.Of(type);
            Assert.Equal(type, row.Type);
            Assert.Equal(type, ElementTypes.Of(row.ClrType));
            Assert.Equal(row.Size, ElementTypeTable.Do<SizeOf, bool, int>(type, default));
        });
        Assert.Equal(Enum.GetValues<ElementType>().Length, ElementTypeTable.All.DistinctBy(row => row.Name).Count());
    }

    [Fact]
    public void What_is_no_element_type_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => ((ElementType)200).Size);
        Assert.Throws<NotSupportedException>(() => ElementTypeTable.Do<SizeOf, bool, int>((ElementType)200, default));
        Assert.Contains("ushort, int, uint", Assert.Throws<NotSupportedException>(() => ElementTypes.Of<DayOfWeek>()).Message);
        Assert.Throws<NotSupportedException>(() => OperationTable.Of((KernelOp)200));
    }

    /// <summary>Of each type that the row says, and of no other.</summary>
    [Theory]
    [MemberData(nameof(Computed))]
    public void An_operation_is_the_plain_one_in_vectors_of_every_width(string operation)
    {
        KernelOp op = Enum.Parse<KernelOp>(operation);
        OperationRow row = OperationTable.Of(op);
        foreach (ElementType type in Enum.GetValues<ElementType>())
        {
            KernelProgram program = KernelRun.Operation(op, type, row.ResultOf(type), row.Arity);
            if (!row.TakesType(type))
            {
                Assert.Throws<NotSupportedException>(() => new CompiledKernel(program));
                continue;
            }

            var random = new RandomPrograms(seed: (int)op);
            const int Count = 700;
            byte[][] inputs = [.. program.Inputs.Select(input => random.Row(type, Count))];
            byte[][] outputs = [new byte[Count * row.ResultOf(type).Size]];
            byte[] expected = KernelRun.Run(new PlainKernel(program), inputs, outputs, Count)[0];
            foreach (Kernel kernel in KernelRun.Compiled(program))
                KernelRun.AssertSame(row.ResultOf(type), expected, KernelRun.Run(kernel, inputs, outputs, Count)[0], $"{op} of {type.Name}");
        }
    }

    [Fact]
    public void Every_half_is_the_float_that_the_library_says_and_back()
    {
        Half[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        float[] ties = [.. all.Where(Half.IsFinite).SelectMany(half => AroundTie((float)half))];
        foreach (Func<KernelProgram, Kernel> backend in KernelRun.Backends)
        {
            Assert.Equal(all.Select(half => (float)half), KernelRun.Apply<Half, float>(backend, KernelOp.Cast, all));
            Assert.Equal(all.Select(half => (double)half), KernelRun.Apply<Half, double>(backend, KernelOp.Cast, all));
            Assert.Equal(ties.Select(value => (Half)value), KernelRun.Apply<float, Half>(backend, KernelOp.Cast, ties));

            // A little off the tie, which a float would be rounded to.
            double[] doubles = [.. ties.SelectMany(value => new[] { value, value * (1 + 1e-13), value * (1 - 1e-13) })];
            Assert.Equal(doubles.Select(value => (Half)value), KernelRun.Apply<double, Half>(backend, KernelOp.Cast, doubles));
        }

        static float[] AroundTie(float half)
        {
            float next = (float)Half.BitIncrement((Half)half), tie = float.IsFinite(next) ? (half + next) / 2 : 65520;
            return [tie, MathF.BitIncrement(tie), MathF.BitDecrement(tie)];
        }
    }

    [Fact]
    public void NumPy_is_asked_about_every_operation_on_every_type()
    {
        foreach (ElementType type in Enum.GetValues<ElementType>())
        {
            HashSet<string> asked = [.. CornerValues.Tables(type).Select(table => table.Op)];
            Assert.All(
                OperationTable.All.Where(row => row.Plain is not null && (row.Kinds & OperandKind.Of(type)) != 0),
                row => Assert.True(asked.Contains(row.Op.ToString()), $"{row.Op} of {type.Name} is in no table of {nameof(CornerValues)}."));
        }
    }

    private readonly unsafe struct SizeOf : IElementWork<bool, int>
    {
        public static int Boolean(bool unused) => sizeof(bool);

        public static int Integer<T>(bool unused)
            where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T> => sizeof(T);

        public static int FloatingPoint<T>(bool unused)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>, System.Numerics.IMinMaxValue<T> => sizeof(T);
    }
}
