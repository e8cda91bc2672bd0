namespace Tessera.Hdf5Format;

/// <summary>What calls of the library are about: the file, as users know it, and the dataset or group in it. For the messages of calls that fail.</summary>
internal sealed record NativeSubject(string File, string? Item = null)
{
    /// <summary>An identifier, or an <see cref="IOException"/> where the call failed that was to give it.</summary>
    public NativeId Id(long result, string action) => new(Check(result, action));

    /// <summary>What a call returned, or an <see cref="IOException"/> where that is negative.</summary>
    public long Check(long result, string action) => result >= 0 ? result : throw Failed(action);

    public IOException Failed(string action) => new($"{this}: {action} failed in the HDF5 library: {ErrorStack.Reason()}.");

    public override string ToString() => Item is null ? $"'{File}'" : $"'{File}', '{Item}'";
}
