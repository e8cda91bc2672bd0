namespace Tessera.Hdf5Format;

/// <summary>Reads boxes of one source of a virtual dataset, as elements of that.</summary>
/// <param name="Storage">Where they lie.</param>
/// <param name="Shape">The source's sizes.</param>
/// <param name="StoredWidth">Bytes of an element as the source has it.</param>
/// <param name="Width">Bytes of an element of the virtual dataset.</param>
/// <param name="Conversion">Of one into the other; null where they are the same.</param>
internal sealed record SourceReader(StorageReader Storage, Shape Shape, int StoredWidth, int Width, ElementConversion.Converter? Conversion)
{
    /// <param name="box">What is read.</param>
    /// <param name="wanted">How many elements of it are wanted. Those between them cost nothing, except where they have sources of their own.</param>
    /// <param name="elements">Filled with the box.</param>
    /// <param name="allowance">What may still be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public void Read(Region box, long wanted, Span<byte> elements, Allowance allowance, CancellationToken cancellation)
    {
        allowance.Take(Math.Max(Storage is VirtualReader ? box.Length : wanted, 64)); // what a reading costs at the least
        if (Conversion is null)
        {
            ReadStored(box, elements, allowance, cancellation);
            return;
        }

        using var stored = new RentedBytes(checked((int)(box.Length * StoredWidth)));
        ReadStored(box, stored.Span, allowance, cancellation);
        Conversion(stored.Span, elements);
    }

    private void ReadStored(Region box, Span<byte> elements, Allowance allowance, CancellationToken cancellation)
    {
        if (Storage is VirtualReader nested)
            nested.Read(box, elements, allowance, cancellation);
        else
            Storage.Read(box, elements, cancellation);
    }
}
