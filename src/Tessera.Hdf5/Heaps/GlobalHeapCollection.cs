namespace Tessera.Hdf5Format;

/// <summary>
/// One collection of the global heap. Objects lie one behind the other, each with a header (number, references, size) and padded to a multiple
/// of 8 bytes; number 0 is the space that is left.
/// </summary>
internal sealed class GlobalHeapCollection
{
    private readonly FileBytes _file;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<uint, (int Start, int Length)> _objects = [];

    private GlobalHeapCollection(FileBytes file, long address, byte[] bytes) => (_file, Address, _bytes) = (file, address, bytes);

    public long Address { get; }

    public int Bytes => _bytes.Length;

    public static GlobalHeapCollection Read(FileBytes file, long address)
    {
        int header = Padded(8 + file.LengthSize);
        MetadataReader head = file.ReaderAt(address, header);
        head.Signature("GCOL", "a collection of the global heap");
        if (head.Byte() is var version and not 1)
            throw head.Damaged($"a collection of the global heap has version {version}; there is only version 1", -1);
        head.Skip(3);
        long size = head.Length();
        if (size < header)
            throw head.Damaged($"a collection of the global heap claims {size} bytes, and its header alone has {header}");

        byte[] bytes = file.Read(address, size);
        var collection = new GlobalHeapCollection(file, address, bytes);
        var reader = new MetadataReader(file, address, bytes);
        reader.MoveTo(header);
        collection.FindObjects(ref reader);
        return collection;
    }

    /// <summary>An object's bytes by its number.</summary>
    public ReadOnlyMemory<byte> Find(uint index) => _objects.TryGetValue(index, out (int Start, int Length) found)
        ? _bytes.Slice(found.Start, found.Length)
        : throw _file.Damaged(Address, $"object {index} of this collection of the global heap is referred to, and there is none of that number");

    private void FindObjects(ref MetadataReader reader)
    {
        int header = Padded(8 + _file.LengthSize);
        while (reader.Remaining >= header)
        {
            int start = reader.Position + header;
            uint index = reader.UInt16();
            if (index == 0)
                return; // what follows is free

            reader.Skip(6); // how often it is referred to, and reserved bytes
            long length = reader.Length();
            int left = reader.Whole.Length - start;
            if (length < 0 || length > left)
                throw reader.Damaged($"object {index} of a collection of the global heap claims {length} bytes, and {left} are left", -_file.LengthSize);
            if (!_objects.TryAdd(index, (start, (int)length)))
                throw reader.Damaged($"a collection of the global heap has two objects of the number {index}", -_file.LengthSize - 8);
            reader.MoveTo((int)Math.Min(reader.Whole.Length, start + (length + 7) / 8 * 8));
        }
    }

    private static int Padded(int bytes) => (bytes + 7) / 8 * 8;
}
