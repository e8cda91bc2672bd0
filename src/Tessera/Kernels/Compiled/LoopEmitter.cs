using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>
/// The loop of a compiled kernel: <paramref name="turns"/> turns (1 or more) over rows whose addresses lie at <paramref name="addresses"/>.
/// </summary>
internal delegate void KernelLoop(long addresses, long turns);

/// <summary>
/// Emits a program's loop around the values that <see cref="ValueEmitter"/> emits.
/// <code>
/// sum of x * c, 64-byte vectors:   x' = address 0, c' = broadcast(address 1), a0 … a3 = accumulators at address 2
///                                  each turn:  a0 = a0 + load(x') * c';  a1 = a1 + load(x' + 64) * c';  …
///                                              fetch(x' + 512); …  x' = x' + 256
///                                  accumulators at address 2 = a0 … a3
/// </code>
/// </summary>
internal sealed class LoopEmitter
{
    private readonly KernelProgram _program;
    private readonly VectorWidth _width;
    private readonly ParameterExpression _addresses = Expression.Parameter(typeof(long), "addresses");
    private readonly ParameterExpression _turns = Expression.Parameter(typeof(long), "turns");
    private readonly ParameterExpression[] _rows;
    private readonly FoldEmitter?[] _folds;
    private readonly ValueEmitter _values;
    private readonly List<Expression> _epilogue = [];

    public LoopEmitter(KernelProgram program, VectorWidth width)
    {
        _program = program;
        _width = width;
        int slots = program.Inputs.Length + program.Outputs.Length;
        _rows = [.. Enumerable.Range(0, slots).Select(slot => Expression.Variable(typeof(long), $"row{slot}"))];
        _folds = new FoldEmitter?[program.Outputs.Length];
        _values = new ValueEmitter(program, width, _rows);
        bool folds = program.Outputs.Any(output => output.Kind != KernelOutputKind.Store);
        TurnLength = folds ? program.Lanes : width.Bytes / program.Nodes.Min(node => node.Type.Size);
    }

    /// <summary>
    /// Elements in one turn: all lanes where accumulators are held in locals, else as few as fill a vector of the smallest type, for a
    /// short loop compiles faster.
    /// </summary>
    public int TurnLength { get; }

    public KernelLoop Compile()
    {
        for (int slot = 0; slot < _rows.Length; slot++)
            _values.Prologue.Add(Expression.Assign(_rows[slot], KernelMemory.Load(Plus(_addresses, slot * sizeof(long)), typeof(long))));
        for (int slot = 0; slot < _folds.Length; slot++)
        {
            if (_program.Outputs[slot].Kind != KernelOutputKind.Store)
                _folds[slot] = new FoldEmitter(_program, _program.Outputs[slot], _width, _values, Row(slot), _epilogue);
        }

        EmitOutputs();
        EmitFetching();
        EmitAdvance();
        Expression[] code = [.. _values.Prologue, .. Loop(), .. _epilogue];
        BlockExpression body = Expression.Block(typeof(void), _rows.Concat(_values.Locals), code);
        return Expression.Lambda<KernelLoop>(body, _addresses, _turns).Compile();
    }

    /// <summary>
    /// In steps of as many elements as fill a vector of each output. Within a step the stores come last: an output may lie upon an
    /// input that another output of the same step still has to read.
    /// </summary>
    private void EmitOutputs()
    {
        int stepLength = Enumerable.Range(0, _folds.Length).Max(VectorLength);
        var stores = new List<Expression>();
        for (int start = 0; start < TurnLength; start += stepLength)
        {
            for (int slot = 0; slot < _folds.Length; slot++)
            {
                for (int part = start / VectorLength(slot); part < (start + stepLength) / VectorLength(slot); part++)
                {
                    if (_folds[slot] is { } fold)
                    {
                        fold.Fold(part);
                        continue;
                    }

                    Expression value = _values.Output(_program.Outputs[slot].Node, part);
                    stores.Add(KernelMemory.Store(Plus(Row(slot), part * _width.Bytes), value));
                }
            }

            _values.Body.AddRange(stores);
            stores.Clear();
        }
    }

    /// <summary>Asks for what the turn after next, or one a little later, will read.</summary>
    private void EmitFetching()
    {
        if (!KernelMemory.CanFetch || _width != VectorWidth.Bits512)
            return;

        for (int slot = 0; slot < _program.Inputs.Length; slot++)
        {
            if (_program.Inputs[slot].IsScalar)
                continue;
            long turnBytes = TurnLength * _program.Inputs[slot].Type.Size;
            long ahead = Math.Max(KernelMemory.FetchedAhead, 2 * turnBytes);
            for (long line = 0; line < turnBytes; line += KernelMemory.LineBytes)
                _values.Body.Add(KernelMemory.Fetch(Plus(_rows[slot], ahead + line)));
        }
    }

    private void EmitAdvance()
    {
        for (int slot = 0; slot < _program.Inputs.Length; slot++)
        {
            if (!_program.Inputs[slot].IsScalar)
                Advance(_rows[slot], _program.Inputs[slot].Type);
        }

        for (int slot = 0; slot < _folds.Length; slot++)
        {
            if (_folds[slot] is null)
                Advance(Row(slot), _program.Nodes[_program.Outputs[slot].Node].Type);
        }
    }

    /// <summary>All turns; if folds have a period, in stretches of that many, after each of which they are emptied.</summary>
    private List<Expression> Loop()
    {
        LabelTarget next = Expression.Label("next");
        long period = _folds.Min(fold => fold?.Period ?? long.MaxValue);
        if (period == long.MaxValue)
            return [Expression.Label(next), .. _values.Body, CountDown(_turns, next)];

        LabelTarget nextRun = Expression.Label("nextRun");
        ParameterExpression run = Expression.Variable(typeof(long), "run");
        _values.Locals.Add(run);
        List<Expression> loop =
        [
            Expression.Label(nextRun),
            Expression.Assign(run, Expression.Call(typeof(Math), nameof(Math.Min), null, _turns, Expression.Constant(period))),
            Expression.SubtractAssign(_turns, run),
            Expression.Label(next),
            .. _values.Body,
            CountDown(run, next),
        ];

        _values.Body.Clear();
        foreach (FoldEmitter? fold in _folds)
            fold?.Empty();
        Expression more = Expression.GreaterThan(_turns, Expression.Constant(0L));
        return [.. loop, .. _values.Body, Expression.IfThen(more, Expression.Goto(nextRun))];
    }

    private static ConditionalExpression CountDown(ParameterExpression turns, LabelTarget next) =>
        Expression.IfThen(Expression.GreaterThan(Expression.PreDecrementAssign(turns), Expression.Constant(0L)), Expression.Goto(next));

    private void Advance(ParameterExpression row, ElementType type) =>
        _values.Body.Add(Expression.Assign(row, Plus(row, TurnLength * type.Size)));

    private int VectorLength(int slot) => _width.Bytes / (_folds[slot]?.Size ?? _program.Nodes[_program.Outputs[slot].Node].Type.Size);

    private ParameterExpression Row(int output) => _rows[_program.Inputs.Length + output];

    private static BinaryExpression Plus(Expression address, long bytes) => Expression.Add(address, Expression.Constant(bytes));
}
