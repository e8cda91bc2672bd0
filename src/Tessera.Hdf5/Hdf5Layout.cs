namespace Tessera;

/// <summary>Where the elements of a dataset lie in the file.</summary>
public enum Hdf5Layout
{
    /// <summary>With the description of the dataset; small datasets only.</summary>
    Compact,

    /// <summary>In one piece.</summary>
    Contiguous,

    /// <summary>In boxes of equal sizes, which may be compressed.</summary>
    Chunked,

    /// <summary>In other files, or put together from other datasets; such a dataset is listed, not read.</summary>
    Elsewhere,
}
