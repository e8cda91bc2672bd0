using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>One element, of rank 0. Repeated over a shape by a broadcasting <see cref="View"/>.</summary>
internal sealed class Constant : ArrayExpression
{
    private readonly long _bits;

    private Constant(ElementType type, long bits)
        : base(type, ChunkGrid.Single(Shape.Scalar)) => _bits = bits;

    public static Constant Of<T>(T value)
        where T : unmanaged
    {
        ElementType type = ElementTypes.Of<T>();
        long bits = 0;
        MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).CopyTo(MemoryMarshal.AsBytes(new Span<long>(ref bits)));
        return new Constant(type, bits);
    }

    public static Constant Zero(ElementType type) => new(type, 0);

    /// <summary>The element, in the low bytes.</summary>
    public long Bits => _bits;

    public override bool IsConstant => true;

    public override bool IsInMemory => true;

    public override double CostOf(Func<ArrayExpression, double> input) => 0;

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) => Alignment.None(Shape.Rank);

    public override string Describe() => ElementTypeTable.Do<Text, long, string>(ElementType, _bits);

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => this;

    public override bool HasSameParameters(ArrayExpression other) =>
        other is Constant constant && constant.ElementType == ElementType && constant._bits == _bits;

    public override int ParametersHash => HashCode.Combine(ElementType, _bits);

    private readonly struct Text : IElementWork<long, string>
    {
        public static string Boolean(long bits) => bits == 0 ? "false" : "true";

        public static string Integer<T>(long bits)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => T.CreateTruncating(bits).ToString(null, CultureInfo.InvariantCulture);

        public static string FloatingPoint<T>(long bits)
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => MemoryMarshal.Read<T>(MemoryMarshal.AsBytes([bits])).ToString(null, CultureInfo.InvariantCulture);
    }
}
