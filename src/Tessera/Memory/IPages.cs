namespace Tessera.Memory;

/// <summary>Where the memory behind blocks comes from. Safe to use from many threads.</summary>
internal interface IPages
{
    /// <summary>Takes <paramref name="bytes"/> of memory, 64-byte aligned, contents undefined; 0 when there is none left.</summary>
    nint Take(long bytes);

    /// <summary>Gives back what <see cref="Take"/> gave for the same number of bytes.</summary>
    void Give(nint address, long bytes);
}
