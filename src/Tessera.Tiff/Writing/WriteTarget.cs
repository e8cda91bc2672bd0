namespace Tessera.TiffFormat;

/// <summary>Where the bytes of a file go that is written piece by piece, in any order and from many threads: beside a path, or into a stream.</summary>
internal abstract class WriteTarget : IDisposable
{
    /// <summary>What messages call it.</summary>
    public abstract string Name { get; }

    /// <summary>Called once, before anything is written.</summary>
    public abstract void Begin();

    /// <summary>Puts bytes at a place, counted from where the file begins.</summary>
    public abstract void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>All bytes are there: the file is seen from now on.</summary>
    public abstract void Complete();

    /// <summary>Removes what was written, unless it is complete.</summary>
    public abstract void Dispose();
}
