using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Tessera.Hdf5Format.Tests;

/// <summary>One text for each value, as the oracle makes it: floating-point numbers by their bits, arrays with their shape.</summary>
internal static class CanonicalText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => "s" + Hex(Encoding.UTF8.GetBytes(text)),
        Half half => Of((float)half),
        float or double => "f" + Hex(Bits(Convert.ToDouble(value, CultureInfo.InvariantCulture))),
        byte[] bytes when value.GetType() == typeof(byte[]) => "b" + Hex(bytes),
        Hdf5Reference reference => "r" + reference.Path,
        IReadOnlyDictionary<string, object?> compound => "{" + string.Join(',', compound.Select(member => $"{member.Key}={Of(member.Value)}")) + "}",
        Array array => $"({string.Join('x', Enumerable.Range(0, array.Rank).Select(array.GetLength))})[{string.Join(',', array.Cast<object?>().Select(Of))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"? {value.GetType()}",
    };

    /// <summary>What the file calls opaque is told from an array of numbers of one byte by its type.</summary>
    public static string Of(object? value, Hdf5Type type) =>
        value is byte[] numbers && value.GetType() == typeof(byte[]) && type.Kind != Hdf5TypeKind.Opaque ? $"({numbers.Length})[{string.Join(',', numbers)}]" : Of(value);

    private static byte[] Bits(double value)
    {
        var bits = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bits, value);
        return bits;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
