using Microsoft.Win32.SafeHandles;

namespace Tessera.Hdf5Format;

/// <summary>
/// A file that is there and is to be added to. That it is HDF5 is seen from the eight bytes with which that begins: at 0, or behind a user block at
/// 512, 1024, 2048 and so on.
/// </summary>
internal static class ExistingFile
{
    private const int FirstUserBlock = 512;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Opens the file and lets others open it too.</summary>
    /// <exception cref="IOException">Another program has locked it.</exception>
    /// <exception cref="UnauthorizedAccessException">It is read-only to this user; a copy isn't made to get around that.</exception>
    public static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException refused) when (refused is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"'{path}' was to be added to, and another program has it open to write; close it there first.", refused);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UnauthorizedAccessException($"'{path}' was to be added to, and this user may not write to it; change its permissions, or save under another name.", refused);
        }
    }

    /// <summary>Refuses a file that isn't HDF5 before anything is done to it.</summary>
    /// <exception cref="InvalidDataException">It isn't.</exception>
    public static void Require(string path)
    {
        using SafeFileHandle file = Open(path);
        Span<byte> found = stackalloc byte[8], first = stackalloc byte[8];
        first.Clear();
        long length = RandomAccess.GetLength(file);
        for (long at = 0; at <= length - Signature.Length; at = at == 0 ? FirstUserBlock : at * 2)
        {
            if (RandomAccess.Read(file, found, at) == found.Length && found.SequenceEqual(Signature))
                return;
            if (at == 0)
                found.CopyTo(first);
        }

        string what = length == 0 ? "empty" : FileSignature.NameOf(first) ?? "no HDF5 file";
        throw new InvalidDataException($"'{path}' was to be added to, and it is {what}; it is left as it is. Save under another name, or delete it first.");
    }
}
