namespace Tessera;

/// <summary>How the chunks of a dataset are compressed when it is written.</summary>
public enum Hdf5Compression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Deflate, which every HDF5 library reads.</summary>
    Gzip,

    /// <summary>LZF, h5py's fast compression: read by h5py, PyTables and Tessera; other programs need a plug-in.</summary>
    Lzf,
}
