using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// The numbers of values while a graph of them is made. They lie in the values themselves, which costs a tenth of a table. But values are shared by
/// all graphs that they are in, and several threads may make some at once: one of them at a time has the notes, others meanwhile a table of their own.
/// <code>
/// note of a value   the graph's number, counted in this process, 33 bits · the value's number in it, 31 bits
/// </code>
/// </summary>
internal sealed class ValueNumbers : IDisposable
{
    private const int NumberBits = 31;
    private const long NumberMask = (1L << NumberBits) - 1;

    private static int _areTaken;   // 1 while one has the notes
    private static long _graphs;    // that had them; 0 is the note of a value that was in none

    private readonly long _graph;
    private readonly Dictionary<ValueExpression, int>? _table;
    private bool _isDisposed;

    public ValueNumbers()
    {
        if (Interlocked.CompareExchange(ref _areTaken, 1, 0) == 0)
            _graph = ++_graphs << NumberBits;
        else
            _table = new(ReferenceEqualityComparer.Instance);
    }

    /// <summary>The number of a value that has one.</summary>
    public int Of(ValueExpression value) => _table is null ? (int)(value.Note & NumberMask) : _table[value];

    /// <summary>Gives a value that was added its number.</summary>
    public void Set(ValueExpression value, int number)
    {
        if (_table is null)
            value.Note = _graph | (long)number;
        else
            _table[value] = number;
    }

    /// <summary>True for a value that comes for the first time; it has a number from then on, 0 until it is given another.</summary>
    public bool TryAdd(ValueExpression value)
    {
        if (_table is not null)
            return _table.TryAdd(value, 0);
        ref long note = ref value.Note;
        if ((note & ~NumberMask) == _graph)
            return false;
        note = _graph;
        return true;
    }

    /// <summary>Leaves the notes to the next one; the numbers mean nothing from then on.</summary>
    public void Dispose()
    {
        if (_table is null && !_isDisposed)
            Volatile.Write(ref _areTaken, 0);
        _isDisposed = true;
    }
}
