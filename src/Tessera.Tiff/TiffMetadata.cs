namespace Tessera;

/// <summary>In whose way a TIFF file tells what the axes of its array are and how large a pixel is.</summary>
public enum TiffMetadata
{
    /// <summary>Not at all: the file has pages, and who reads it sees (pages, height, width).</summary>
    None = 0,

    /// <summary>
    /// As ImageJ does, in lines of the first page's description: hyperstacks of time, depth and channels, in this order, of byte, ushort or
    /// float, or of RGB in bytes; up to 4 GB.
    /// </summary>
    ImageJ = 1,

    /// <summary>As OME-TIFF does, in XML in the first page's description: time, depth and channels in any order, of any type but long and ulong.</summary>
    Ome = 2,
}
