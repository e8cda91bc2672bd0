using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>One of the values of a compound type.</summary>
/// <param name="Name">What the file calls it; see <see cref="Hdf5Link"/> for names that aren't UTF-8.</param>
/// <param name="Offset">The byte of the element at which it begins.</param>
/// <param name="Type">What it is.</param>
public sealed record Hdf5Member(string Name, int Offset, Hdf5Type Type)
{
    internal bool IsLatin1 { get; init; }

    /// <summary>The name's bytes in the file.</summary>
    public byte[] NameBytes() => new FileName(Name, IsLatin1).Bytes;
}
