namespace Tessera.Pools;

/// <summary>What a message to a worker process begins with.</summary>
internal enum Request : byte
{
    /// <summary>Keep this work under this number.</summary>
    Define,

    /// <summary>Release the work of this number.</summary>
    Forget,

    /// <summary>What functions see of the program around them has changed so.</summary>
    Surroundings,

    /// <summary>Do the work of this number with what follows. The one request that is answered.</summary>
    Execute,

    /// <summary>End.</summary>
    Exit,
}

/// <summary>What an answer begins with.</summary>
internal enum Served : byte
{
    /// <summary>What the work says.</summary>
    Answer,

    /// <summary>An exception: the work, or what was asked of it, could not be read.</summary>
    Refused,
}
