using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Serialization;

/// <summary>A value that is its bytes in memory.</summary>
internal sealed class RawSlot<T> : Slot<T>
{
    public override void Write(MessageWriter writer, in T value) => writer.WriteRaw(in value);

    public override T Read(MessageReader reader) => reader.ReadRaw<T>();

    public override void WriteMany(MessageWriter writer, ReadOnlySpan<T> values)
    {
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        writer.WriteBytes(MemoryMarshal.CreateReadOnlySpan(ref first, checked(values.Length * Unsafe.SizeOf<T>())));
    }

    public override void ReadMany(MessageReader reader, Span<T> values)
    {
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        Span<byte> bytes = MemoryMarshal.CreateSpan(ref first, checked(values.Length * Unsafe.SizeOf<T>()));
        reader.ReadBytes(bytes.Length).CopyTo(bytes);
    }

    public override string? PathTo(object? value, object child) => null;
}
