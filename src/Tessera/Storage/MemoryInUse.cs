namespace Tessera.Storage;

/// <summary>Keeps the memory of sources from being given back while somebody reads it, until this is disposed of.</summary>
internal sealed class MemoryInUse : IDisposable
{
    private readonly List<KeptMemory> _used = [];

    /// <exception cref="ObjectDisposedException">An array was disposed of before; names it.</exception>
    public MemoryInUse(params IEnumerable<MemorySource> sources)
    {
        foreach (MemorySource source in sources)
        {
            if (source.Kept is not { } kept)
                continue;
            if (!kept.TryUse())
            {
                Dispose();
                throw new ObjectDisposedException(
                    source.Name, $"The array '{source.Name}' was disposed of, and is needed to compute this. Dispose of a persisted array when nothing built on it is computed any more.");
            }

            _used.Add(kept);
        }
    }

    public void Dispose()
    {
        foreach (KeptMemory kept in _used)
            kept.EndUse();
        _used.Clear();
    }
}
