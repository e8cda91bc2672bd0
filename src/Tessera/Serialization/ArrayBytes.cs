using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Serialization;

/// <summary>The raw bytes of arrays of unmanaged elements, of any rank.</summary>
internal static class ArrayBytes
{
    /// <summary>From this size on an array's bytes go beside the message, and aren't copied.</summary>
    public const int Attached = 32 * 1024;

    /// <summary>A span can't be longer than this, and an array can.</summary>
    private const int Piece = 1 << 30;

    public static long Count(Array array) => array.LongLength * RuntimeHelpers.SizeOf(array.GetType().GetElementType()!.TypeHandle);

    public static bool IsAttached(Array array) => Count(array) >= Attached;

    /// <summary>Pieces in the order of memory. The caller keeps the array alive.</summary>
    public static int PieceCount(Array array) => (int)((Count(array) + Piece - 1) / Piece);

    public static Span<byte> PieceOf(Array array, int piece)
    {
        long start = (long)piece * Piece;
        int length = (int)Math.Min(Piece, Count(array) - start);
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)start), length);
    }
}
