namespace Tessera.Hdf5Format;

/// <summary>Connects heaps whose blocks are filtered with the filters that chunks pass.</summary>
internal static class HeapFilters
{
    private const int MostBytes = 1 << 28;

    public static HeapFilter Of(FileBytes file) => (pipeline, stored, mask, size) =>
    {
        if (size is < 0 or > MostBytes)
            throw file.Damaged(FileBytes.Undefined, $"a filtered piece of a heap should have {size} bytes; at most {MostBytes} are read");
        var filters = new FilterPipeline(FilterMessage.Read(new MetadataReader(file, FileBytes.Undefined, pipeline.Span)));
        var bytes = new byte[size];
        try
        {
            filters.Decode(stored, mask, bytes);
        }
        catch (FilterException damage)
        {
            throw file.Damaged(FileBytes.Undefined, $"a filtered piece of a heap is damaged: {damage.Message.TrimEnd('.')}", damage);
        }

        return bytes;
    };
}
