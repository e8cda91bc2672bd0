using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

/// <summary>What is hashed of a value is the value: not what happens to lie between its fields.</summary>
public sealed class CanonicalTests
{
    private readonly record struct Gaps(byte First, long Second, Kind Third, double? Fourth);

    private enum Kind : byte
    {
        None,
        Some,
    }

    [InlineArray(3)]
    private struct Three
    {
        private int _first;
    }

    private unsafe struct Buffer
    {
        public fixed byte Bytes[4];
    }

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Large
    {
        public int First;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public int Whole;

        [FieldOffset(2)]
        public short Upper;
    }

    private static byte[] Hashed<T>(T value)
    {
        var writer = new MessageWriter { IsCanonical = true };
        writer.Write(value);
        return writer.Written.ToArray();
    }

    private static T Over<T>(byte before, Func<T> make)
        where T : unmanaged
    {
        // The same fields in memory that held something else.
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<T>()];
        T value = make();
        MemoryMarshal.AsBytes(new Span<T>(ref value)).CopyTo(bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte old = bytes[i];
            bytes[i] = before;
            if (!MemoryMarshal.Read<T>(bytes).Equals(value))
                bytes[i] = old;
        }

        return MemoryMarshal.Read<T>(bytes);
    }

    [Fact]
    public void Gaps_do_not_count_and_fields_do()
    {
        Gaps Make() => new(1, 2, Kind.Some, null);
        Gaps one = Over(0xEE, Make), other = Over(0x55, Make);
        Assert.Equal(one, other);
        Assert.Equal(Hashed(one), Hashed(other));
        byte[][] all =
        [
            Hashed(one), Hashed(one with { First = 2 }), Hashed(one with { Second = 3 }), Hashed(one with { Third = Kind.None }), Hashed(one with { Fourth = 0 }),
            Hashed(one with { Fourth = -0.0 }),
        ];
        Assert.Equal(all.Length, all.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(Hashed<object>(one), Hashed<object>(other));
        Assert.NotEqual(Hashed(1.5m), Hashed(1.50m));
        Assert.NotEqual(Hashed(new DateTime(1)), Hashed(new DateTime(2)));
        Assert.NotEqual(Hashed((Half)1), Hashed((Half)2));
        Assert.NotEqual(Hashed(ulong.MaxValue), Hashed(0UL));
    }

    [Fact]
    public void What_has_more_than_its_fields_tell_is_refused()
    {
        Assert.Throws<SerializationException>(() => Hashed(default(Three)));
        Assert.Throws<SerializationException>(() => Hashed(default(Buffer)));
        Assert.Throws<SerializationException>(() => Hashed(new Large { First = 1 }));
        Assert.NotEqual(Hashed(new Union { Whole = 1 }), Hashed(new Union { Upper = 1 }));
        Assert.NotEmpty(Hashed(new System.Collections.Concurrent.ConcurrentQueue<int>([1])));
    }
}
