using Tessera.Steps;

namespace Tessera.Recipes;

/// <summary>
/// What a step leaves for later ones, a piece for each of its tasks, kept until the last reader of the piece is done. Blocks of elements
/// (<see cref="BlocksOutput"/>), or values of any kind (<see cref="ValuesOutput"/>).
/// </summary>
internal abstract class StepOutput
{
    private int[] _readers = []; // made by the first reader: a plan that is only counted has none

    /// <summary>Pieces, as many as the step has tasks.</summary>
    public abstract long Count { get; }

    /// <summary>True where pieces are blocks, which lie in the store of a run.</summary>
    public virtual bool IsInBlocks => false;

    /// <summary>Planning: one more task will read the piece.</summary>
    public void AddReader(long piece)
    {
        if (_readers.Length == 0)
            _readers = new int[Count];
        _readers[piece]++;
    }

    /// <summary>Planning: so many tasks will read each piece. The array is the output's from then on.</summary>
    public void SetReaders(int[] readers) => _readers = readers;

    public int ReadersOf(long piece) => _readers[piece];

    /// <summary>A reader is done; the last one gives the piece back, and hears how many bytes that frees.</summary>
    public long RemoveReader(long piece, BlockStore blocks)
    {
        // The only one that is left has nobody to agree with, which is nearly every time.
        if (Volatile.Read(ref _readers[piece]) > 1 && Interlocked.Decrement(ref _readers[piece]) > 0)
            return 0;

        Free(piece, blocks);
        return FreedBytes(piece);
    }

    /// <summary>The bytes that are free once the last reader of a piece is done.</summary>
    public abstract long FreedBytes(long piece);

    /// <summary>A run begins, whose blocks lie in this store.</summary>
    public virtual void Open(BlockStore blocks)
    {
    }

    /// <summary>A task reads or writes the piece from now on.</summary>
    public virtual void Pin(long piece, BlockStore blocks)
    {
    }

    /// <summary>The task is over.</summary>
    public virtual void Unpin(long piece, BlockStore blocks)
    {
    }

    /// <summary>Gives back what a stopped run left, unless it lies in blocks.</summary>
    public abstract void Clear();

    protected abstract void Free(long piece, BlockStore blocks);
}
