namespace Tessera;

/// <summary>The place of an object in its file.</summary>
/// <param name="Path">A path to the object, if one was found from the root; null where it leads nowhere, or to a part of a dataset.</param>
/// <param name="Address">The address in the file, as it is stored.</param>
public sealed record Hdf5Reference(string? Path, long Address);
