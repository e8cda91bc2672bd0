namespace Tessera.Hdf5Format;

/// <summary>Reads in which pieces of other files the elements of a dataset lie; the names of the files are in a local heap.</summary>
internal static class ExternalFilesMessage
{
    public static ExternalLayout Read(MetadataReader reader)
    {
        byte version = reader.Byte();
        if (version != 1)
            throw reader.Damaged($"the list of the files of a dataset has the version {version}; 1 is read", -1);
        reader.Skip(5); // reserved, and for how many there is room
        int count = reader.UInt16();
        LocalHeap names = LocalHeap.Read(reader.File, reader.Offset());
        var pieces = new ExternalPiece[count];
        for (int i = 0; i < count; i++)
        {
            string name = FileText.Decode(names.Text(reader.Length()));
            (long offset, long bytes) = (reader.Length(), reader.Length());
            if (name.Length == 0 || offset < 0)
                throw reader.Damaged("a file of a dataset has no name, or an offset that no file has");
            pieces[i] = new ExternalPiece(name, offset, bytes);
        }

        return new ExternalLayout(pieces);
    }
}
