using System.Runtime.InteropServices;

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

    /// <summary>The element, in the low bytes.</summary>
    public long Bits => _bits;

    public override string Describe() => ElementType switch
    {
        ElementType.Boolean => _bits == 0 ? "false" : "true",
        ElementType.Single => BitConverter.Int32BitsToSingle((int)_bits).ToString(),
        ElementType.Double => BitConverter.Int64BitsToDouble(_bits).ToString(),
        ElementType.UInt64 => ((ulong)_bits).ToString(),
        ElementType.SByte => ((sbyte)_bits).ToString(),
        ElementType.Int16 => ((short)_bits).ToString(),
        ElementType.Int32 => ((int)_bits).ToString(),
        _ => _bits.ToString(),
    };

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => this;

    public override bool HasSameParameters(ArrayExpression other) =>
        other is Constant constant && constant.ElementType == ElementType && constant._bits == _bits;

    public override int ParametersHash => HashCode.Combine(ElementType, _bits);
}
