namespace Tessera;

/// <summary>The kinds of types that elements and attributes of an HDF5 file have.</summary>
public enum Hdf5TypeKind
{
    /// <summary>A whole number of any size, signed or not.</summary>
    Integer = 0,

    /// <summary>A floating-point number of any size.</summary>
    Float = 1,

    /// <summary>A time; out of use.</summary>
    Time = 2,

    /// <summary>A text, of fixed or variable length.</summary>
    String = 3,

    /// <summary>A number whose bits count one by one.</summary>
    Bitfield = 4,

    /// <summary>Bytes without a meaning that HDF5 knows.</summary>
    Opaque = 5,

    /// <summary>Several named values in one element.</summary>
    Compound = 6,

    /// <summary>The place of an object in the file, or of a part of a dataset.</summary>
    Reference = 7,

    /// <summary>A whole number, some values of which have names.</summary>
    Enum = 8,

    /// <summary>A sequence whose length differs from element to element.</summary>
    Sequence = 9,

    /// <summary>A small array in each element.</summary>
    Array = 10,
}
