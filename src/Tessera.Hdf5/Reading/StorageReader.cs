namespace Tessera.Hdf5Format;

/// <summary>Reads boxes of a dataset that is stored in one of the ways there are.</summary>
internal abstract class StorageReader(FileBytes file, Shape shape, NumberFormat format)
{
    /// <summary>The smallest box that is read without extra work.</summary>
    public abstract Shape StorageChunks { get; }

    /// <summary>Whether elements cost little more than reading bytes.</summary>
    public abstract bool IsCheap { get; }

    /// <summary>What reading costs.</summary>
    public virtual ReadCost Cost => Plain(decoding: 0);

    /// <summary>The most bytes that reading a box takes at a time, beyond the destination.</summary>
    public abstract long WorkingBytes(Region region);

    /// <summary>The reader of a dataset; what a virtual one is made of was looked at before.</summary>
    public static StorageReader Of(FileStructure structure, DatasetHeader header, Shape shape, NumberFormat format, FilterPipeline filters)
    {
        FileBytes file = structure.Bytes;
        var fill = new FillValue(header.Fill, format);
        return header.Layout switch
        {
            CompactLayout compact => new CompactReader(file, compact, shape, format),
            ContiguousLayout contiguous => new ContiguousReader(file, new BytesInFile(file, contiguous), shape, format, fill),
            ExternalLayout external => new ContiguousReader(file, new BytesInOtherFiles(structure, external), shape, format, fill),
            MappedLayout mapped => new VirtualReader(structure, mapped.Map, header.Type, format, fill),
            ChunkedLayout chunked => new ChunkReader(file, chunked, shape, format, fill, filters),
            _ => throw new InvalidOperationException($"{header.Layout} isn't read as it is."),
        };
    }

    protected FileBytes File => file;

    protected Shape Shape => shape;

    protected NumberFormat Format => format;

    /// <summary>Fills the destination with the elements of a box that has some.</summary>
    public abstract void Read(Region region, Span<byte> destination, CancellationToken cancellation);

    /// <summary>The cost of bytes from a file, with that of decoding them and of making elements of them.</summary>
    protected ReadCost Plain(double decoding)
    {
        const double conversion = 0.3;
        ReadCost file = ReadCost.UncompressedFile;
        return file with { NanosecondsPerByte = file.NanosecondsPerByte + decoding + (format.IsPlain ? 0 : conversion) };
    }

    /// <summary>What <see cref="CopyBox"/> takes for so many elements.</summary>
    protected long CopyingBytes(long elements) =>
        format.IsPlain ? 0 : RentedBytes.Capacity(elements * format.Size) + RentedBytes.Capacity(elements * format.Width) + ConversionBytes;

    /// <summary>What converting numbers takes, however many.</summary>
    protected long ConversionBytes => format.IsPlain ? 0 : 32 << 10;

    /// <summary>Copies a box out of stored elements, converting those of the box.</summary>
    protected void CopyBox(ReadOnlySpan<byte> stored, Shape storedShape, ReadOnlySpan<long> start, Span<byte> target, Shape targetShape, ReadOnlySpan<long> targetStart, Shape extent)
    {
        if (format.IsPlain)
        {
            BoxCopy.Copy(stored, storedShape, start, target, targetShape, targetStart, extent, format.Size);
            return;
        }

        Span<long> origin = stackalloc long[extent.Rank], strides = stackalloc long[extent.Rank];
        origin.Clear();
        (int storedBytes, int bytes) = (checked((int)(extent.Length * format.Size)), checked((int)(extent.Length * format.Width)));
        bool isWhole = extent == storedShape, isDense = BoxCopy.LiesDense(targetShape, extent);
        using var box = new RentedBytes(isWhole ? 0 : storedBytes);
        using var elements = new RentedBytes(isDense ? 0 : bytes);
        if (!isWhole)
            BoxCopy.Copy(stored, storedShape, start, box.Span, extent, origin, extent, format.Size);

        BoxCopy.Strides(targetShape, format.Width, strides);
        Span<byte> converted = isDense ? target.Slice((int)BoxCopy.Offset(targetStart, strides), bytes) : elements.Span;
        format.Convert(isWhole ? stored[..storedBytes] : box.Span, converted);
        if (!isDense)
            BoxCopy.Copy(elements.Span, extent, origin, target, targetShape, targetStart, extent, format.Width);
    }
}
