using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// A value that is stored as it is, in an attribute or a small dataset: a number, a bool, a text, or an array of them. Texts are UTF-8 of any
/// length, which h5py reads as str.
/// </summary>
internal sealed class PlainValue
{
    private const int TextBytes = 16; // of a text's address in the file

    /// <summary>They are copied, and given to the library in one call.</summary>
    private const long MostBytes = 256 << 20;

    private readonly ElementType? _element; // null where the value is text
    private readonly byte[] _bytes = [];
    private readonly string[] _texts = [];

    private PlainValue(Type type, Array values, Shape shape)
    {
        Shape = shape;
        if (type == typeof(string))
        {
            _texts = [.. values.Cast<string>()];
            return;
        }

        _element = ElementTypes.Of(type);
        _bytes = new byte[checked((int)(values.LongLength * _element.Value.Size))];
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(values), _bytes.Length).CopyTo(_bytes);
    }

    /// <summary>The sizes; rank 0 for a single value.</summary>
    public Shape Shape { get; }

    /// <summary>Bytes that it takes; a text takes its address, and lies elsewhere.</summary>
    public long Bytes => _element is null ? TextBytes * Shape.Length : _bytes.Length;

    /// <summary>What can be stored of an object, which is checked here.</summary>
    /// <param name="what">Whose value it is, for messages: "the attribute 'unit'".</param>
    /// <param name="value">The object.</param>
    /// <exception cref="ArgumentException">It can't be stored; says what can.</exception>
    public static PlainValue Of(string what, object? value)
    {
        Type? type = value is Array array ? array.GetType().GetElementType() : value?.GetType();
        if (type is null || (type != typeof(string) && !IsNumber(type)))
        {
            throw new ArgumentException(
                $"The value of {what} is {(value is null ? "null" : $"of type {value.GetType().Name}")}; it may be bool, sbyte, byte, short, ushort, int, uint, long, ulong, " +
                "Half, float, double, string, or an array of these with any number of axes. Convert it.", nameof(value));
        }

        Array values = value as Array ?? Single(type, value!);
        if (values.LongLength * (type == typeof(string) ? TextBytes : ElementTypes.Of(type).Size) is var bytes and > MostBytes)
            throw new ArgumentException($"The value of {what} has {values.LongLength} elements, which take {bytes} bytes; values have at most {MostBytes}. Save it as an array: ChunkedArray.FromArray(…).SaveHdf5(…).", nameof(value));
        if (values is string?[] or Array { Rank: > 1 } && type == typeof(string) && values.Cast<string?>().Any(text => text?.Contains('\0') ?? true))
            throw new ArgumentException($"The value of {what} has a text that is null or has a zero character, at which texts in HDF5 files end; store it as an array of bytes.", nameof(value));
        return new PlainValue(type, values, value is Array ? [.. Enumerable.Range(0, values.Rank).Select(axis => values.GetLongLength(axis))] : Shape.Scalar);
    }

    /// <summary>The type under which the value is stored; the caller gives it back.</summary>
    public NativeId Type(NativeHdf5 library, NativeSubject subject)
    {
        NativeId type = subject.Id(Hdf5Calls.H5Tcopy(_element is { } element ? library.TypeOf(element) : library.Text), "making a type");
        if (_element is null)
        {
            subject.Check(Hdf5Calls.H5Tset_size(type, nuint.MaxValue), "making a type of texts"); // of any length
            subject.Check(Hdf5Calls.H5Tset_cset(type, 1), "making a type of texts"); // UTF-8
        }

        return type;
    }

    /// <summary>Gives the value to a call as the library wants it in memory: elements, or addresses of texts that end at a zero byte.</summary>
    public unsafe int Give(Func<nint, int> call)
    {
        if (_element is not null)
        {
            fixed (byte* bytes = _bytes)
                return call((nint)bytes);
        }

        var texts = new nint[_texts.Length];
        try
        {
            for (int i = 0; i < texts.Length; i++)
                texts[i] = Marshal.StringToCoTaskMemUTF8(_texts[i]);
            fixed (nint* addresses = texts)
                return call((nint)addresses);
        }
        finally
        {
            foreach (nint text in texts)
                Marshal.FreeCoTaskMem(text);
        }
    }

    private static bool IsNumber(Type type) => !type.IsEnum && System.Type.GetTypeCode(type) is
        TypeCode.Boolean or (>= TypeCode.SByte and <= TypeCode.Double) || type == typeof(Half);

    private static Array Single(Type type, object value)
    {
        var values = Array.CreateInstance(type, 1);
        values.SetValue(value, 0);
        return values;
    }
}
