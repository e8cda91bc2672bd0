namespace Tessera.TiffFormat;

/// <summary>One entry of a directory: <paramref name="Count"/> values of a type, which lie at byte <paramref name="ValuesAt"/> of the file.</summary>
/// <param name="Tag">What the values mean.</param>
/// <param name="Type">How a value is stored: TIFF's number for its type.</param>
/// <param name="Count">How many values there are.</param>
/// <param name="ValuesAt">Where the first one lies: in the entry itself where all fit, else elsewhere in the file.</param>
internal readonly record struct Field(TiffTag Tag, ushort Type, long Count, long ValuesAt)
{
    /// <summary>
    /// Bytes of one value where it is an integer (BYTE, SHORT, LONG, IFD, LONG8, IFD8), else 0. Signed ones (SBYTE, SSHORT, SLONG, SLONG8) are taken
    /// for unsigned ones: no number that decides where pixels lie is negative, and what some writers mean by -1 is as many as there are.
    /// </summary>
    public int IntegerSize => Type switch
    {
        1 or 6 => 1,
        3 or 8 => 2,
        4 or 9 or 13 => 4,
        16 or 17 or 18 => 8,
        _ => 0,
    };

    /// <summary>Bytes of one value of any type of TIFF or BigTIFF; 0 for an unknown one.</summary>
    public static int SizeOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };
}
