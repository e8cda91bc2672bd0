namespace Tessera;

/// <summary>
/// How the pixels of a TIFF page are compressed. All these are read; <see cref="None"/> and <see cref="Deflate"/> are written. Pages that can
/// be listed and not read have other numbers, those of the format: 7 is JPEG.
/// </summary>
public enum TiffCompression
{
    /// <summary>Not at all: any box is read at the cost of its own bytes.</summary>
    None = 1,

    /// <summary>Lempel-Ziv-Welch, with the least significant bit first in files from before 1989.</summary>
    Lzw = 5,

    /// <summary>Deflate in a zlib wrapper (Adobe's number 8; pages with the older number 32946 are read as this too).</summary>
    Deflate = 8,

    /// <summary>Byte-wise run lengths.</summary>
    PackBits = 32773,
}
