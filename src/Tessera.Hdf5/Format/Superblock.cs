using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// The first thing in an HDF5 file: how wide its addresses are and where the root group is. It begins at byte 0, or behind a user block of
/// 512, 1024, 2048, … bytes.
/// </summary>
/// <param name="Bytes">The file by its own addresses.</param>
/// <param name="RootAddress">The object header of the root group.</param>
/// <param name="ExtensionAddress">An object header with messages about the file; undefined where there is none.</param>
/// <param name="IsBeingWritten">A program has the file open for writing, or ended without closing it.</param>
/// <param name="IsSwmr">That program writes so that others can read (single writer, multiple readers).</param>
internal sealed record Superblock(FileBytes Bytes, long RootAddress, long ExtensionAddress, bool IsBeingWritten, bool IsSwmr)
{
    private const int LeastSuperblock = 24; // of versions 2 and 3, with the narrowest addresses
    private const int LongestSuperblock = 256;

    /// <summary>The eight bytes every HDF5 file has; the non-text ones show transfers that changed line ends or cut the eighth bit.</summary>
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Finds and reads the superblock.</summary>
    /// <exception cref="InvalidDataException">It isn't an HDF5 file, or is damaged.</exception>
    public static Superblock Read(ReadOnlyFile file)
    {
        for (long position = 0; position + Signature.Length <= file.Length; position = position == 0 ? 512 : position * 2)
        {
            var bytes = new byte[Math.Min(LongestSuperblock, file.Length - position)];
            file.Read(bytes, position);
            if (bytes.AsSpan().StartsWith(Signature))
                return Parse(file, position, bytes);
        }

        throw file.Damaged(0, $"this is not an HDF5 file but {ForeignFiles.Describe(file)}");
    }

    private static Superblock Parse(ReadOnlyFile file, long position, byte[] bytes) => bytes.Length < LeastSuperblock ? throw file.Damaged(position, "the file ends within its superblock; it is truncated") : bytes[8] switch
    {
        0 or 1 => ParseOld(file, position, bytes),
        2 or 3 => ParseNew(file, position, bytes),
        byte version => throw file.Damaged(position + 8, $"the superblock has version {version}; versions 0 to 3 are read"),
    };

    private static Superblock ParseOld(ReadOnlyFile file, long position, byte[] bytes)
    {
        FileBytes addresses = Addresses(file, position, bytes, at: 13);
        var reader = new MetadataReader(addresses, 0, bytes);
        reader.MoveTo(24);
        if (bytes[8] == 1)
            reader.Skip(4); // of B-trees of chunks, which say themselves how long they are
        reader.Offset(); // the base address: where the signature stands is what counts, since a user block may have been added or removed
        reader.Offset(); // free space
        reader.Offset(); // end of file
        reader.Offset(); // driver
        reader.Offset(); // the root's name
        return new Superblock(addresses, reader.Offset(), FileBytes.Undefined, IsBeingWritten: false, IsSwmr: false);
    }

    private static Superblock ParseNew(ReadOnlyFile file, long position, byte[] bytes)
    {
        FileBytes addresses = Addresses(file, position, bytes, at: 9);
        var reader = new MetadataReader(addresses, 0, bytes);
        reader.MoveTo(11);
        byte flags = reader.Byte();
        reader.Offset();
        long extension = reader.Offset();
        reader.Offset();
        long root = reader.Offset();
        reader.Checksum("the superblock");
        bool written = bytes[8] == 3 && (flags & 1) != 0;
        return new Superblock(addresses, root, extension, written, written && (flags & 4) != 0);
    }

    private static FileBytes Addresses(ReadOnlyFile file, long position, byte[] bytes, int at)
    {
        ushort sizes = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
        (int offsets, int lengths) = (sizes & 0xFF, sizes >> 8);
        return offsets is 2 or 4 or 8 && lengths is 2 or 4 or 8
            ? new FileBytes(file, position, offsets, lengths)
            : throw file.Damaged(position + at, $"addresses of {offsets} and lengths of {lengths} bytes are stated; either has 2, 4 or 8");
    }
}
