using System.Collections;
using System.Globalization;

namespace Tessera.Hdf5Format;

/// <summary>Values as the types that callers name, and as text.</summary>
internal static class ValueConversion
{
    private const int MostShown = 8;

    /// <exception cref="InvalidCastException">The value is something else; says what.</exception>
    public static T To<T>(object? value, string what, Hdf5Type type, Shape? shape)
    {
        bool isOtherArray = value is Array && typeof(T).IsArray && value.GetType() != typeof(T); // the runtime takes int[] for uint[]
        if (value is T same && !isOtherArray)
            return same;
        if (value is Array { Length: 1 } one && !typeof(T).IsArray)
            value = one.GetValue(new int[one.Rank]);
        if (value is T single && !isOtherArray)
            return single;
        if (ExactNumber(value, typeof(T)) is T number)
            return number;
        if (value is Array array && typeof(T) is { IsArray: true } wanted && wanted.GetArrayRank() == array.Rank && Elements(array, wanted.GetElementType()!) is T elements)
            return elements;
        throw new InvalidCastException(
            $"{what} was to be read as {typeof(T).Name}, and it is {type}{(shape is { Rank: > 0 } sizes ? $" of shape {sizes}" : shape is null ? ", and empty" : "")}; read it as {Readable(value)}.");
    }

    private static string Readable(object? value) => value switch
    {
        null => "object, which gives null",
        IReadOnlyDictionary<string, object?> => "IReadOnlyDictionary<string, object?>, or one member by its name",
        _ => value.GetType().Name,
    };

    public static string Text(object? value) => value switch
    {
        null => "empty",
        string text => $"\"{text}\"",
        IReadOnlyDictionary<string, object?> compound => $"{{ {string.Join(", ", compound.Select(member => $"{member.Key}: {Text(member.Value)}"))} }}",
        Array array => $"[{string.Join(", ", ((IEnumerable)array).Cast<object?>().Take(MostShown).Select(Text))}{(array.Length > MostShown ? $", … {array.Length} in all" : "")}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static Array? Elements(Array array, Type type)
    {
        Array converted = Array.CreateInstance(type, [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)]);
        Shape shape = [.. Enumerable.Range(0, array.Rank).Select(axis => array.GetLongLength(axis))];
        foreach (ReadOnlySpan<long> index in new Region(shape).Indices())
        {
            long[] at = index.ToArray();
            if (ExactNumber(array.GetValue(at), type) is not { } number)
                return null;
            converted.SetValue(number, at);
        }

        return converted;
    }

    /// <summary>The number in another type; null where it isn't one, or doesn't come back the same.</summary>
    private static object? ExactNumber(object? value, Type type)
    {
        if (value is Half half)
            value = (float)half; // which has them all
        if (type == typeof(Half))
            return ExactNumber(value, typeof(double)) is double number && ((double)(Half)number).Equals(number) ? (Half)number : null;
        if (value is null or string or char || value is not IConvertible || !type.IsPrimitive || type == typeof(bool) != value is bool)
            return null;
        try
        {
            object converted = Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
            object back = Convert.ChangeType(converted, value.GetType(), CultureInfo.InvariantCulture);
            return back.Equals(value) ? converted : null;
        }
        catch (Exception refused) when (refused is OverflowException or InvalidCastException)
        {
            return null;
        }
    }
}
