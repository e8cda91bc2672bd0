namespace Tessera;

/// <summary>A name in a group and what it leads to.</summary>
/// <param name="Name">The name, without the group's path.</param>
/// <param name="Kind">How it leads there.</param>
/// <param name="Target">The path that a soft or external link holds; null for hard links.</param>
/// <param name="TargetFile">The file that an external link names; null for the others.</param>
public sealed record Hdf5Link(string Name, Hdf5LinkKind Kind, string? Target, string? TargetFile);
