using System.Runtime.InteropServices;

namespace Tessera.KernelBench;

/// <summary>Native memory for benchmarks, 64-byte aligned, that fits the second-level cache together with what is made of it.</summary>
internal static unsafe class CachedRows
{
    /// <summary>Bytes of a row that a kernel reads.</summary>
    public const int Bytes = 256 << 10;

    /// <summary>Doubles of a row.</summary>
    public const int Doubles = Bytes / sizeof(double);

    public static nint Allocate(int bytes) => (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);

    public static nint Zeros(int bytes)
    {
        nint memory = Allocate(bytes);
        new Span<byte>((void*)memory, bytes).Clear();
        return memory;
    }

    /// <summary>Doubles in [0, 1).</summary>
    public static nint RandomDoubles()
    {
        nint memory = Allocate(Bytes);
        var random = new Random(7);
        foreach (ref double element in new Span<double>((void*)memory, Doubles))
            element = random.NextDouble();
        return memory;
    }

    public static nint RandomBytes()
    {
        nint memory = Allocate(Bytes);
        new Random(7).NextBytes(new Span<byte>((void*)memory, Bytes));
        return memory;
    }

    public static void Free(nint memory) => NativeMemory.AlignedFree((void*)memory);
}
