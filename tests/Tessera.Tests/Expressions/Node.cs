namespace Tessera.Tests.Expressions;

/// <summary>How far the elements of a node are settled by what it says, before anybody chooses chunks or an order.</summary>
internal enum Precision
{
    /// <summary>Integers, booleans, and floating point that holds integers so small that any order of adding them gives the same bits.</summary>
    Exact,

    /// <summary>Floating point that rounds, but each element in one way: arithmetic by IEEE 754, no sums.</summary>
    Determined,

    /// <summary>Within <see cref="Node.Error"/>: sums of what rounds, transcendental functions.</summary>
    Approximate,
}

/// <summary>
/// An operation over other nodes, as data: it can be built as an expression in many ways (<see cref="TreeBuilder"/>), and computed by NumPy.
/// <code>
/// Sum over axis 1, kept, of a slice of data:   Sum [1, 0, 1] ← Slice [Range, 0, 4, 2] ← Data [seed, low, count, specials]
/// </code>
/// </summary>
/// <param name="Op">The operation's name, which the oracle script knows too.</param>
/// <param name="Type">Of the elements.</param>
/// <param name="Shape">Of the result.</param>
/// <param name="Numbers">The operation's parameters.</param>
/// <param name="Inputs">What it is applied to.</param>
internal sealed record Node(string Op, ElementType Type, Shape Shape, long[] Numbers, params Node[] Inputs)
{
    public Precision Precision { get; init; }

    /// <summary>Of floating point, what no finite element exceeds in magnitude.</summary>
    public double Bound { get; init; } = Type.IsInteger ? Math.Pow(2, 8 * Type.Size) : 1;

    /// <summary>True where NaN and infinities may occur.</summary>
    public bool IsSpecial { get; init; }

    /// <summary>How far an approximate element may lie from the true one.</summary>
    public double Error { get; init; }

    /// <summary>The same, as a part of the element.</summary>
    public double RelativeError { get; init; }

    public long Length => Shape.Length;

    /// <summary>An operation whose elements are some of its inputs' elements, of one type, and known as well as the least known of these.</summary>
    public static Node Of(string op, Shape shape, long[] numbers, params Node[] inputs) => new(op, inputs[0].Type, shape, numbers, inputs)
    {
        Precision = inputs.Max(input => input.Precision),
        Bound = inputs.Max(input => input.Bound),
        IsSpecial = inputs.Any(input => input.IsSpecial),
        Error = inputs.Max(input => input.Error),
        RelativeError = inputs.Max(input => input.RelativeError),
    };

    /// <summary>The largest integer up to which the type holds all.</summary>
    public static double ExactLimit(ElementType type) => 1 / Ulp(type) * 2;

    /// <summary>What the last place of 1 is worth.</summary>
    public static double Ulp(ElementType type) => Math.ScaleB(1, type switch { ElementType.Half => -10, ElementType.Single => -23, _ => -52 });

    /// <summary>The bits of the nearest floating-point number of a type.</summary>
    public static long Bits(ElementType type, double value) => type switch
    {
        ElementType.Half => BitConverter.HalfToInt16Bits((Half)value),
        ElementType.Single => BitConverter.SingleToInt32Bits((float)value),
        _ => BitConverter.DoubleToInt64Bits(value),
    };

    /// <summary>The largest finite number of a type.</summary>
    public static double Largest(ElementType type) => type switch { ElementType.Half => (double)Half.MaxValue, ElementType.Single => float.MaxValue, _ => double.MaxValue };

    /// <summary>The smallest number above 0 of a type.</summary>
    public static double Smallest(ElementType type) => type switch { ElementType.Half => (double)Half.Epsilon, ElementType.Single => float.Epsilon, _ => double.Epsilon };

    public bool Equals(Node? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>The tree on one line.</summary>
    public override string ToString()
    {
        string numbers = Numbers.Length == 0 ? "" : $"[{string.Join(",", Numbers)}]";
        string inputs = Inputs.Length == 0 ? "" : $"({string.Join(", ", (object[])Inputs)})";
        return $"{Op}{numbers}:{Type.Name}{Shape}{inputs}";
    }
}
