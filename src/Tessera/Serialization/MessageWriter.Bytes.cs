using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using System.Text;

namespace Tessera.Serialization;

internal sealed partial class MessageWriter
{
    /// <summary>The bytes of a value that refers to nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw<T>(in T value)
    {
        if (IsCanonical && !typeof(T).IsPrimitive)
        {
            Canonical.Write(this, typeof(T), value);
            return;
        }

        int size = Unsafe.SizeOf<T>();
        if (_bytes.Length - _length < size)
            Grow(size);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _length), value);
        _length += size;
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void WriteNumber(uint value)
    {
        if (_bytes.Length - _length < 5)
            Grow(5);
        while (value >= 128)
        {
            _bytes[_length++] = (byte)(value | 128);
            value >>= 7;
        }
        _bytes[_length++] = (byte)value;
    }

    /// <summary>A text as part of something else, without an identity of its own.</summary>
    public void WriteText(string text)
    {
        if (text.Length <= Array.MaxLength - 16)
        {
            Span<byte> narrow = Reserve(text.Length + 5)[5..];
            if (Ascii.FromUtf16(text, narrow, out _) == OperationStatus.Done)
            {
                int start = _length + 5;
                WriteNumber((uint)text.Length << 1);
                if (_length != start)
                    narrow.CopyTo(_bytes.AsSpan(_length));
                _length += text.Length;
                return;
            }
        }
        WriteNumber((uint)text.Length << 1 | 1);
        WriteBytes(MemoryMarshal.AsBytes(text.AsSpan())); // UTF-16, which keeps lone surrogates too
    }

    /// <summary>A text that may be missing.</summary>
    public void WriteOptionalText(string? text)
    {
        WriteRaw(text is not null);
        if (text is not null)
            WriteText(text);
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Room at the end, which isn't written yet.</summary>
    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
            Grow(count);
        return _bytes.AsSpan(_length, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        long needed = (long)_length + count;
        if (needed > Array.MaxLength)
            throw new SerializationException(
                "A message has more than 2 GiB besides its large arrays of numbers. Send it in several parts, or let the other process read it itself.");
        byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
        Written.CopyTo(larger);
        _bytes = larger;
    }
}
