using Tessera.Memory;

namespace Tessera.Executors;

/// <summary>
/// Memory that one worker uses within a task and gives back in the reverse order: a stack of pooled blocks.
/// <code>
/// mark = Mark()   Take(100)   Take(50)   Release(mark)   Take(100) gives the first address again
/// </code>
/// </summary>
internal sealed class Scratch : IDisposable
{
    private const long SmallestBlock = 1L << 20;

    private readonly List<Block> _blocks = [];
    private int _current = -1;
    private long _used;  // of the current block
    private long _taken; // in all

    /// <summary>The most bytes that were taken at a time since the last <see cref="Reset"/>: what a forecast is held against.</summary>
    public long MostBytes { get; private set; }

    /// <summary>What its blocks take of the pool.</summary>
    public long PooledBytes => _blocks.Sum(block => BlockPool.CapacityOf(block.Bytes));

    /// <summary>What a taking of so many bytes takes.</summary>
    public static long Rounded(long bytes) => (bytes + 63) & ~63L;

    public (int Block, long Used, long Taken) Mark() => (_current, _used, _taken);

    public void Release((int Block, long Used, long Taken) mark) => (_current, _used, _taken) = mark;

    /// <summary>Memory of undefined content, aligned to 64 bytes.</summary>
    public nint Take(long bytes)
    {
        bytes = Rounded(bytes);
        while (_current < 0 || _used + bytes > _blocks[_current].Bytes)
        {
            // A block that is too small for this taking is passed over; if it is the last, a larger one follows it.
            (_current, _used) = (_current + 1, 0);
            if (_current == _blocks.Count)
                _blocks.Add(BlockPool.Shared.Rent(Math.Max(bytes, SmallestBlock)));
        }

        nint address = _blocks[_current].Address + (nint)_used;
        _used += bytes;
        _taken += bytes;
        MostBytes = Math.Max(MostBytes, _taken);
        return address;
    }

    /// <summary>Gives everything back, but keeps a little memory for the next task.</summary>
    public void Reset()
    {
        if (_blocks.Count > 1 || (_blocks.Count == 1 && _blocks[0].Bytes > 4 * SmallestBlock))
            Dispose();
        (_current, _used, _taken, MostBytes) = (-1, 0, 0, 0);
    }

    public void Dispose()
    {
        foreach (Block block in _blocks)
            block.Dispose();
        _blocks.Clear();
        (_current, _used, _taken) = (-1, 0, 0);
    }
}
