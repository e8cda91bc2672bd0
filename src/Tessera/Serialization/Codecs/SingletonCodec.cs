using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tessera.Serialization;

/// <summary>
/// Objects of the platform that code compares by reference, such as default comparers: what arrives is the receiving process's own. Other
/// objects of such a type go by their fields.
/// </summary>
internal sealed class SingletonCodec(object[] known, ObjectCodec others) : ObjectCodec
{
    /// <summary>Null where no object of the type is known to be such a one.</summary>
    public static ObjectCodec? For(Type type)
    {
        object[] known = type.Assembly == typeof(object).Assembly ? KnownOf(type) : [];
        return known.Length == 0 ? null : new SingletonCodec(known, new FieldsCodec(type));
    }

    public override void Announce(MessageWriter writer, object value)
    {
        int number = NumberOf(value);
        writer.WriteRaw((sbyte)number);
        if (number < 0)
            others.Announce(writer, value);
    }

    public override object Allocate(MessageReader reader)
    {
        int number = reader.ReadRaw<sbyte>();
        return number < 0 ? others.Allocate(reader) : known[number];
    }

    public override void WriteContents(MessageWriter writer, object value)
    {
        if (NumberOf(value) < 0)
            others.WriteContents(writer, value);
    }

    public override void ReadContents(MessageReader reader, object value)
    {
        if (NumberOf(value) < 0)
            others.ReadContents(reader, value);
    }

    public override string PathTo(object parent, object child) => others.PathTo(parent, child);

    private static object[] KnownOf(Type type)
    {
        if (typeof(StringComparer).IsAssignableFrom(type))
            return [StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase];
        if (type == typeof(DBNull))
            return [DBNull.Value];
        if (type == typeof(Missing))
            return [Missing.Value];
        if (type == typeof(ReferenceEqualityComparer))
            return [ReferenceEqualityComparer.Instance];
        if (typeof(Random).IsAssignableFrom(type) && type != typeof(Random))
            return [Random.Shared];
        if (typeof(TimeProvider).IsAssignableFrom(type))
            return [TimeProvider.System];
        if (typeof(Encoding).IsAssignableFrom(type))
            return Encodings();
        for (Type? b = type.BaseType; b is { IsGenericType: true }; b = b.BaseType)
        {
            Type definition = b.GetGenericTypeDefinition();
            if (definition == typeof(EqualityComparer<>) || definition == typeof(Comparer<>))
                return [b.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!];
            if (definition == typeof(System.Buffers.ArrayPool<>))
                return [b.GetProperty("Shared", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!];
        }
        return [];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object[] Encodings() =>
    [
        Encoding.UTF8, Encoding.ASCII, Encoding.Latin1, Encoding.Unicode,
        Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Default,
    ];

    private int NumberOf(object value)
    {
        for (int i = 0; i < known.Length; i++)
        {
            if (ReferenceEquals(known[i], value))
                return i;
        }
        return -1;
    }
}
