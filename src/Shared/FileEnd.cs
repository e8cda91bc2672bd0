namespace Tessera.Files;

/// <summary>Where a growing file ends. Threads take room there at once, each its own: the pieces lie side by side in the order of the taking.</summary>
internal sealed class FileEnd(long first)
{
    private long _next = first;

    /// <summary>The first byte that nobody has taken.</summary>
    public long Offset => Interlocked.Read(ref _next);

    /// <summary>Takes room for so many bytes and gives its first one.</summary>
    public long Take(long bytes) => Interlocked.Add(ref _next, bytes) - bytes;
}
