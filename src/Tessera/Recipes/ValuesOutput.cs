using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Recipes;

/// <summary>The values that calls give, each kept until its last reader is done.</summary>
/// <param name="count">How many calls there are.</param>
internal sealed class ValuesOutput(int count) : StepOutput
{
    private readonly object?[] _values = new object?[count];
    private readonly Dictionary<int, long> _taken = [], _freed = []; // bytes, of calls whose values are known to hold memory

    public override long Count => count;

    /// <summary>True where values are those of other runs too, which may need them longer.</summary>
    public bool IsShared { get; set; }

    public object? this[int call]
    {
        get => _values[call];
        set => _values[call] = value;
    }

    /// <summary>The elements that a call gave to an array.</summary>
    public MemorySource ElementsOf(int call) => (MemorySource)_values[call]!;

    /// <summary>Planning: elements that one call makes are released with the value of another, or of the same.</summary>
    public void SetBytes(int maker, int holder, long bytes)
    {
        _taken[maker] = _taken.GetValueOrDefault(maker) + bytes;
        _freed[holder] = bytes;
    }

    /// <summary>Planning: elements that steps before the call make are released with its value.</summary>
    public void SetFreed(int holder, long bytes) => _freed[holder] = bytes;

    /// <summary>Bytes that a call takes.</summary>
    public long TakenBytes(long piece) => _taken.Count == 0 ? 0 : _taken.GetValueOrDefault((int)piece);

    /// <summary>Nothing if values are shared, because they stay in memory to the end of the run.</summary>
    public override long FreedBytes(long piece) => IsShared || _freed.Count == 0 ? 0 : _freed.GetValueOrDefault((int)piece);

    public override void Clear()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (_values[i] is not null)
                Free(i);
        }
    }

    protected override void Free(long piece, BlockStore blocks) => Free(piece);

    private void Free(long piece)
    {
        object? value = Interlocked.Exchange(ref _values[piece], null);
        if (!IsShared)
            (value as MemorySource)?.Release(); // only what was delivered to an array is one, and no one else has it
    }
}
