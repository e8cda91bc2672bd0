namespace Tessera.Hdf5Format;

/// <summary>One filter of a dataset as the file states it.</summary>
/// <param name="Id">The number under which it is registered.</param>
/// <param name="Name">The name that the file gives, if it gives one.</param>
/// <param name="IsOptional">Whether a chunk may be stored without it where it fails or gains nothing.</param>
/// <param name="Parameters">What the filter was told, in its own meaning.</param>
internal sealed record FilterSpec(int Id, string? Name, bool IsOptional, uint[] Parameters);
