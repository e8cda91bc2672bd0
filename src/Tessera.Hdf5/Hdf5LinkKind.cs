namespace Tessera;

/// <summary>How a name in a group leads to an object.</summary>
public enum Hdf5LinkKind
{
    /// <summary>To the object itself; several hard links may lead to one object.</summary>
    Hard = 0,

    /// <summary>To a path in the same file, where an object may be or not.</summary>
    Soft = 1,

    /// <summary>To a path in another file.</summary>
    External = 64,

    /// <summary>Of a kind that a program has added for itself.</summary>
    Other = 255,
}
