namespace Tessera;

/// <summary>Where the elements of a dataset lie.</summary>
public enum Hdf5Layout
{
    /// <summary>With the description of the dataset; small datasets only.</summary>
    Compact,

    /// <summary>In one piece.</summary>
    Contiguous,

    /// <summary>In boxes of equal sizes, which may be compressed.</summary>
    Chunked,

    /// <summary>In other datasets, of which it is put together; they may be in other files.</summary>
    Virtual,

    /// <summary>In pieces of other files, which needn't be HDF5.</summary>
    External,
}
