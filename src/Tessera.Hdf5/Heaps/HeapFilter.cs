namespace Tessera.Hdf5Format;

/// <summary>Undoes the filters of a fractal heap.</summary>
/// <param name="pipeline">The heap's filters, as a filter pipeline message states them.</param>
/// <param name="stored">The bytes as they lie in the file.</param>
/// <param name="filterMask">A bit for each filter that was left out.</param>
/// <param name="size">How many bytes they become.</param>
/// <exception cref="FilterException">The bytes are damaged.</exception>
internal delegate byte[] HeapFilter(ReadOnlyMemory<byte> pipeline, byte[] stored, uint filterMask, int size);
