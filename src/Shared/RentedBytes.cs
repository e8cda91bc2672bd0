using System.Buffers;
using System.Numerics;

namespace Tessera.Files;

/// <summary>Bytes from the shared pool for the length of a <c>using</c>.</summary>
internal readonly ref struct RentedBytes
{
    private readonly int _length;

    public RentedBytes(int length) => (Array, _length) = (ArrayPool<byte>.Shared.Rent(length), length);

    /// <summary>The array, which may be longer than what was asked for.</summary>
    public byte[] Array { get; }

    /// <summary>The bytes that were asked for; what they hold at first is left over from others.</summary>
    public Span<byte> Span => Array.AsSpan(0, _length);

    /// <summary>The bytes that renting so many takes: the pool has arrays of powers of two.</summary>
    public static long Capacity(long length) => length <= 0 ? 0 : Math.Max(16, (long)BitOperations.RoundUpToPowerOf2((ulong)length));

    public void Dispose() => ArrayPool<byte>.Shared.Return(Array);
}
