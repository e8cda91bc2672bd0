namespace Tessera;

/// <summary>One of the values of a compound type.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Offset">The byte of the element at which it begins.</param>
/// <param name="Type">What it is.</param>
public sealed record Hdf5Member(string Name, int Offset, Hdf5Type Type);
