namespace Tessera.Hdf5Format;

/// <summary>A dataset as an array of the type that the caller names: its own, or one to convert to.</summary>
internal static class TypedOpening
{
    public static ChunkedArray<T> Open<T>(DatasetSource source, Hdf5Type type, Chunks chunks, bool convert)
        where T : unmanaged
    {
        ElementType wanted = ElementTypes.Of<T>();
        if (source.ElementType == wanted)
            return ChunkedArray.FromSource<T>(source, chunks);
        bool isWidened = source.ElementType == ElementType.Half && wanted == ElementType.Single; // what halves were read as before there were arrays of them
        if (!convert && !isWidened)
        {
            throw new InvalidOperationException(
                $"{source.Name} holds {type}, so {source.ElementType.Name}, and was to be opened as {wanted.Name}. Open it as Array<{source.ElementType.Name}>(…), or convert: Array<{wanted.Name}>(…, convert: true).");
        }

        return source.ElementType switch
        {
            ElementType.Boolean => ChunkedArray.FromSource<bool>(source, chunks).Cast<T>(),
            ElementType.SByte => ChunkedArray.FromSource<sbyte>(source, chunks).Cast<T>(),
            ElementType.Byte => ChunkedArray.FromSource<byte>(source, chunks).Cast<T>(),
            ElementType.Int16 => ChunkedArray.FromSource<short>(source, chunks).Cast<T>(),
            ElementType.UInt16 => ChunkedArray.FromSource<ushort>(source, chunks).Cast<T>(),
            ElementType.Int32 => ChunkedArray.FromSource<int>(source, chunks).Cast<T>(),
            ElementType.UInt32 => ChunkedArray.FromSource<uint>(source, chunks).Cast<T>(),
            ElementType.Int64 => ChunkedArray.FromSource<long>(source, chunks).Cast<T>(),
            ElementType.UInt64 => ChunkedArray.FromSource<ulong>(source, chunks).Cast<T>(),
            ElementType.Single => ChunkedArray.FromSource<float>(source, chunks).Cast<T>(),
            ElementType.Double => ChunkedArray.FromSource<double>(source, chunks).Cast<T>(),
            ElementType.Half => ChunkedArray.FromSource<Half>(source, chunks).Cast<T>(),
            _ => throw new NotSupportedException($"{source.Name} holds {source.ElementType.Name}, which isn't converted."),
        };
    }
}
