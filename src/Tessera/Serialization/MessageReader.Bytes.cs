using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Tessera.Serialization;

internal sealed partial class MessageReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ReadRaw<T>()
    {
        Debug.Assert(_bytes.Length - _position >= Unsafe.SizeOf<T>(), "Read what was written");
        T value = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _position));
        _position += Unsafe.SizeOf<T>();
        return value;
    }

    public uint ReadNumber()
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            uint part = _bytes[_position++];
            value |= (part & 127) << shift;
            if (part < 128)
                return value;
        }
    }

    public string ReadText()
    {
        uint header = ReadNumber();
        int length = (int)(header >> 1);
        if ((header & 1) == 0)
            return Encoding.Latin1.GetString(ReadBytes(length));
        return new string(MemoryMarshal.Cast<byte, char>(ReadBytes(2 * length)));
    }

    public string? ReadOptionalText() => ReadRaw<bool>() ? ReadText() : null;

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_position, count);
        _position += count;
        return bytes;
    }
}
