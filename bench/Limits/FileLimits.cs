using Microsoft.Win32.SafeHandles;

namespace Tessera.Bench;

/// <summary>What reading files from the page cache costs.</summary>
internal static class FileLimits
{
    private const long Piece = 64 << 20;
    private const int BufferSize = 1 << 20; // copying to memory that stays in the second-level cache is slower

    /// <summary>Every file of a folder into one buffer a thread.</summary>
    public static Func<object> Read(string folder, int threads)
    {
        var pieces = (from file in Directory.GetFiles(folder)
                      let length = new FileInfo(file).Length
                      from i in Enumerable.Range(0, (int)((length + Piece - 1) / Piece))
                      select (File: file, From: i * Piece, To: Math.Min(length, (i + 1) * Piece))).ToArray();
        return () =>
        {
            long bytes = 0;
            Pieces.Run(threads, pieces.Length, () => new byte[BufferSize], (piece, buffer) => Interlocked.Add(ref bytes, Read(pieces[piece], buffer)));
            return bytes;
        };
    }

    private static long Read((string File, long From, long To) piece, byte[] buffer)
    {
        using SafeFileHandle handle = File.OpenHandle(piece.File);
        long offset = piece.From;
        for (int read; offset < piece.To && (read = RandomAccess.Read(handle, buffer, offset)) > 0;)
            offset += read;
        return Math.Min(offset, piece.To) - piece.From;
    }
}
