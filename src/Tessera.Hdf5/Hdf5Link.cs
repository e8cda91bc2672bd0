using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>A name in a group and what it leads to.</summary>
/// <remarks>
/// Names are UTF-8 in nearly all files. One that isn't comes as Latin-1 (the byte E9 as é). If the group has another link of that very text,
/// it comes with its bytes from 80 on as the lone surrogates U+DC80 to U+DCFF, so that each link of a group has a name of its own. Such a spelling is
/// also understood in every path.
/// </remarks>
/// <param name="Name">The name, without the group's path.</param>
/// <param name="Kind">How it leads there.</param>
/// <param name="Target">The path that a soft or external link holds; null for hard links.</param>
/// <param name="TargetFile">The file that an external link names; null for the others.</param>
public sealed record Hdf5Link(string Name, Hdf5LinkKind Kind, string? Target, string? TargetFile)
{
    internal bool IsLatin1 { get; init; }

    /// <summary>The name's bytes in the file.</summary>
    public byte[] NameBytes() => new FileName(Name, IsLatin1).Bytes;
}
