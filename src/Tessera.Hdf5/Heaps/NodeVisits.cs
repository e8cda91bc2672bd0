namespace Tessera.Hdf5Format;

/// <summary>
/// Which nodes and blocks of one structure were read. In a sound file no two of them overlap, so each address comes once and all of them
/// together are no larger than the file. A cycle ends here, and so does a small file that claims millions of entries.
/// </summary>
internal sealed class NodeVisits(FileBytes file)
{
    private readonly HashSet<long> _seen = [];
    private long _bytes;

    /// <summary>Notes that a node of so many bytes is about to be used.</summary>
    public void Enter(long address, long bytes, string what)
    {
        if (!_seen.Add(address))
            throw file.Damaged(address, $"{what} is reached twice; the structure that it belongs to is damaged");
        if ((_bytes += bytes) > file.File.Length)
            throw file.Damaged(address, $"{what} and those before it are larger than the file together; they overlap, so the file is damaged");
    }
}
