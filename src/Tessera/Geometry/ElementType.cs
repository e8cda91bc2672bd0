namespace Tessera;

/// <summary>The type of one element of an array, by the .NET name of the type.</summary>
public enum ElementType : byte
{
    /// <summary><see cref="bool"/>: one byte, 0 or 1.</summary>
    Boolean,

    /// <summary><see cref="sbyte"/>: 8-bit signed integer.</summary>
    SByte,

    /// <summary><see cref="byte"/>: 8-bit unsigned integer.</summary>
    Byte,

    /// <summary><see cref="short"/>: 16-bit signed integer.</summary>
    Int16,

    /// <summary><see cref="ushort"/>: 16-bit unsigned integer.</summary>
    UInt16,

    /// <summary><see cref="int"/>: 32-bit signed integer.</summary>
    Int32,

    /// <summary><see cref="uint"/>: 32-bit unsigned integer.</summary>
    UInt32,

    /// <summary><see cref="long"/>: 64-bit signed integer.</summary>
    Int64,

    /// <summary><see cref="ulong"/>: 64-bit unsigned integer.</summary>
    UInt64,

    /// <summary><see cref="float"/>: IEEE 754 binary32.</summary>
    Single,

    /// <summary><see cref="double"/>: IEEE 754 binary64.</summary>
    Double,

    /// <summary><see cref="System.Half"/>: IEEE 754 binary16, 11 significant bits, up to 65504. Computed as <see cref="float"/>, a product and a sum in one as <see cref="double"/>, and rounded once an operation.</summary>
    Half,
}
