namespace Tessera.TiffFormat;

/// <summary>The tags that decide where the pixels lie and what they mean (TIFF 6.0, the BigTIFF and Adobe supplements, and those of some makers). Others are passed over.</summary>
internal enum TiffTag : ushort
{
    NewSubfileType = 254,
    SubfileType = 255,
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    Compression = 259,
    Photometric = 262,
    FillOrder = 266,
    DocumentName = 269,
    ImageDescription = 270,
    Make = 271,
    Model = 272,
    StripOffsets = 273,
    SamplesPerPixel = 277,
    RowsPerStrip = 278,
    StripByteCounts = 279,
    XResolution = 282,
    YResolution = 283,
    PlanarConfiguration = 284,
    PageName = 285,
    ResolutionUnit = 296,
    Software = 305,
    DateTime = 306,
    Artist = 315,
    HostComputer = 316,
    Predictor = 317,
    ColorMap = 320,
    TileWidth = 322,
    TileLength = 323,
    TileOffsets = 324,
    TileByteCounts = 325,
    SubDirectories = 330,
    ExtraSamples = 338,
    SampleFormat = 339,
    YCbCrSubSampling = 530,

    Copyright = 33432,

    /// <summary>MetaMorph: as many values as there are planes.</summary>
    MetaMorphPlanes = 33629,

    /// <summary>Zeiss LSM.</summary>
    LsmInfo = 34412,

    GdalNoData = 42113,

    /// <summary>ImageJ: how many bytes the head and each part of the next one has.</summary>
    ImageJCounts = 50838,

    /// <summary>ImageJ: what its description has no room for.</summary>
    ImageJMetadata = 50839,
}
