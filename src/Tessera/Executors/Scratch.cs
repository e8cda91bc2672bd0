using Tessera.Memory;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// Memory that one worker uses within a task and gives back in the reverse order: a stack in a pooled block, which is rented when the task takes something for the
/// first time, and is as large as the plan said that the task would need.
/// <code>
/// Begin   mark = Mark()   Take(100)   Take(50)   Release(mark)   Take(100) gives the first address again   Reset
/// </code>
/// </summary>
internal sealed class Scratch : IDisposable
{
    private readonly List<Block> _blocks = []; // one, unless more is taken than was said
    private int _current = -1;
    private long _used;  // of the current block
    private long _taken; // in all
    private (ITaskBytes Said, int Task)? _task;
    private nint _last; // where the first block of the task before lay

    /// <summary>The most bytes that were taken at a time since the last <see cref="Reset"/>: what a forecast is held against.</summary>
    public long MostBytes { get; private set; }

    /// <summary>What its blocks take of the pool.</summary>
    public long PooledBytes => _blocks.Sum(block => BlockPool.CapacityOf(block.Bytes));

    /// <summary>What a taking of so many bytes takes.</summary>
    public static long Rounded(long bytes) => (bytes + 63) & ~63L;

    /// <summary>What is rented for a task that takes so many bytes at a time.</summary>
    public static long CapacityOf(long bytes) => bytes == 0 ? 0 : BlockPool.CapacityOf(bytes);

    /// <summary>What is taken from now on is taken by a task, which said how much that will be.</summary>
    public void Begin(ITaskBytes said, int task) => _task = (said, task);

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
                _blocks.Add(Rent(bytes));
        }

        nint address = _blocks[_current].Address + (nint)_used;
        _used += bytes;
        _taken += bytes;
        MostBytes = Math.Max(MostBytes, _taken);
        return address;
    }

    /// <summary>Gives everything back: nothing is kept between tasks that no budget counts. The next task asks for the same memory, if it is still there.</summary>
    public void Reset()
    {
        _task = null;
        if (_blocks.Count == 0)
            return; // nothing was taken
        foreach (Block block in _blocks)
            block.Dispose();
        _blocks.Clear();
        (_current, _used, _taken, MostBytes) = (-1, 0, 0, 0);
    }

    public void Dispose() => Reset();

    private Block Rent(long bytes)
    {
        if (_blocks.Count > 0)
            return BlockPool.Shared.Rent(bytes);
        long said = _task is var (task, number) ? task.StackBytes(number) : 0;
        Block block = BlockPool.Shared.Rent(Math.Max(bytes, said), _last);
        _last = block.Address;
        return block;
    }
}
