using Tessera.Storage;

namespace Tessera.Recipes;

/// <summary>The values that calls give, each kept until its last reader is done.</summary>
/// <param name="count">How many calls there are.</param>
internal sealed class ValuesOutput(int count) : StepOutput
{
    private readonly object?[] _values = new object?[count];
    private readonly Dictionary<int, long> _bytes = []; // of values that are known to hold memory

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

    /// <summary>Planning: says that a value will hold memory.</summary>
    public void SetBytes(int call, long bytes) => _bytes[call] = bytes;

    public override long FreedBytes(long piece) => _bytes.Count == 0 ? 0 : _bytes.GetValueOrDefault((int)piece);

    public override void Clear()
    {
        for (int i = 0; i < _values.Length; i++)
            Free(i);
    }

    protected override void Free(long piece)
    {
        if (!IsShared)
            (_values[piece] as MemorySource)?.Release(); // only what was delivered to an array is one, and no one else has it
        _values[piece] = null;
    }
}
