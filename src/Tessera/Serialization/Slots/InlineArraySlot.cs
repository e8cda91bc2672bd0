using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Serialization;

/// <summary>A struct that repeats its one field, of which reflection shows the first only.</summary>
internal sealed class InlineArraySlot<TArray, T> : Slot<TArray>
    where TArray : struct
{
    public override void Write(MessageWriter writer, in TArray value) =>
        Slot<T>.Instance.WriteMany(writer, Elements(ref Unsafe.AsRef(in value)));

    public override TArray Read(MessageReader reader)
    {
        TArray value = default;
        Slot<T>.Instance.ReadMany(reader, Elements(ref value));
        return value;
    }

    public override string? PathTo(object? value, object child)
    {
        Span<T> elements = Elements(ref Unsafe.Unbox<TArray>(value!));
        for (int i = 0; i < elements.Length; i++)
        {
            if (Slot<T>.Instance.PathTo(elements[i], child) is { } path)
                return $"[{i}]{(path is "" or ['[', ..] ? path : "." + path)}";
        }
        return null;
    }

    private static Span<T> Elements(ref TArray value) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<TArray, T>(ref value), Unsafe.SizeOf<TArray>() / Unsafe.SizeOf<T>());
}
