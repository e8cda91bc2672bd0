namespace Tessera.Pools;

/// <summary>
/// A number that several threads add to. Each thread mostly has a cell of its own, far from the others, so that none waits for another's cache line.
/// </summary>
internal sealed class SpreadCount
{
    private const int Cells = 16, Apart = 16; // 128 bytes, two cache lines: processors fetch pairs of them

    private readonly long[] _cells = new long[(Cells + 1) * Apart]; // the first line is that of the array's length

    public void Add(int number) => Interlocked.Add(ref _cells[((Environment.CurrentManagedThreadId & (Cells - 1)) + 1) * Apart], number);

    /// <summary>The sum, once nobody adds any more.</summary>
    public long Sum()
    {
        long sum = 0;
        for (int cell = 0; cell < _cells.Length; cell += Apart)
            sum += Interlocked.Read(ref _cells[cell]);
        return sum;
    }
}
