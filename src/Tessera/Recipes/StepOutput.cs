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

    /// <summary>Planning: one more task will read the piece.</summary>
    public virtual void AddReader(long piece)
    {
        if (_readers.Length == 0)
            _readers = new int[Count];
        _readers[piece]++;
    }

    /// <summary>Planning: so many tasks will read each piece. The array is the output's from then on.</summary>
    public void SetReaders(int[] readers) => _readers = readers;

    public int ReadersOf(long piece) => _readers[piece];

    /// <summary>A reader is done; the last one gives the piece back, and hears how many bytes that frees.</summary>
    public long RemoveReader(long piece)
    {
        if (Interlocked.Decrement(ref _readers[piece]) > 0)
            return 0;

        Free(piece);
        return FreedBytes(piece);
    }

    /// <summary>The bytes that are free once the last reader of a piece is done.</summary>
    public abstract long FreedBytes(long piece);

    /// <summary>Gives back what a stopped run left.</summary>
    public abstract void Clear();

    protected abstract void Free(long piece);
}
