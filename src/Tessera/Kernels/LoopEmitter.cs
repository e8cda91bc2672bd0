using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>The loop of a compiled kernel: <paramref name="turns"/> turns over rows whose addresses lie at <paramref name="addresses"/>.</summary>
internal delegate void KernelLoop(long addresses, long turns);

/// <summary>
/// Emits a program's loop around the values that <see cref="ValueEmitter"/> emits.
/// <code>
/// sum of x * c, 64-byte vectors:   x' = address 0, c' = broadcast(address 1), a0 … a3 = accumulators at address 2
///                                  each turn:  a0 = a0 + load(x') * c';  a1 = a1 + load(x' + 64) * c';  …  x' = x' + 256
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
    private readonly ValueEmitter _values;
    private readonly List<Expression> _epilogue = [];

    public LoopEmitter(KernelProgram program, VectorWidth width)
    {
        _program = program;
        _width = width;
        _rows = [.. Enumerable.Range(0, program.Inputs.Length + program.Outputs.Length).Select(slot => Expression.Variable(typeof(long), $"row{slot}"))];
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

        EmitOutputs();
        EmitAdvance();

        LabelTarget next = Expression.Label("next");
        LabelTarget done = Expression.Label("done");
        Expression[] code =
        [
            .. _values.Prologue,
            Expression.IfThen(Expression.LessThanOrEqual(_turns, Expression.Constant(0L)), Expression.Goto(done)),
            Expression.Label(next),
            .. _values.Body,
            Expression.IfThen(
                Expression.GreaterThan(Expression.PreDecrementAssign(_turns), Expression.Constant(0L)),
                Expression.Goto(next)),
            Expression.Label(done),
            .. _epilogue,
        ];
        BlockExpression body = Expression.Block(typeof(void), _rows.Concat(_values.Locals), code);
        return Expression.Lambda<KernelLoop>(body, _addresses, _turns).Compile();
    }

    /// <summary>
    /// In steps of as many elements as fill a vector of each output. Within a step the stores come last: an output may lie upon an
    /// input that another output of the same step still has to read.
    /// </summary>
    private void EmitOutputs()
    {
        int stepLength = _program.Outputs.Max(output => _width.Bytes / TypeOf(output).Size);
        var accumulators = new ParameterExpression[_program.Outputs.Length][];
        for (int slot = 0; slot < accumulators.Length; slot++)
            accumulators[slot] = _program.Outputs[slot].Kind == KernelOutputKind.Store ? [] : LoadAccumulators(slot);

        var stores = new List<Expression>();
        for (int start = 0; start < TurnLength; start += stepLength)
        {
            for (int slot = 0; slot < accumulators.Length; slot++)
            {
                KernelOutput output = _program.Outputs[slot];
                int vectorLength = _width.Bytes / TypeOf(output).Size;
                for (int part = start / vectorLength; part < (start + stepLength) / vectorLength; part++)
                {
                    Expression value = _values.Output(output.Node, part);
                    if (output.Kind == KernelOutputKind.Store)
                        stores.Add(KernelMemory.Store(Plus(Row(slot), part * _width.Bytes), value));
                    else
                        Fold(output, accumulators[slot][part], value);
                }
            }

            _values.Body.AddRange(stores);
            stores.Clear();
        }
    }

    private ParameterExpression[] LoadAccumulators(int slot)
    {
        KernelOutput output = _program.Outputs[slot];
        Type vector = _width.VectorOf(StoredType(output));
        var accumulators = new ParameterExpression[TurnLength * TypeOf(output).Size / _width.Bytes];
        for (int part = 0; part < accumulators.Length; part++)
        {
            Expression address = Plus(Row(slot), part * _width.Bytes);
            accumulators[part] = Expression.Variable(vector);
            _values.Prologue.Add(Expression.Assign(accumulators[part], KernelMemory.Load(address, vector)));
            _epilogue.Add(KernelMemory.Store(address, accumulators[part]));
        }

        _values.Locals.AddRange(accumulators);
        return accumulators;
    }

    private void Fold(KernelOutput output, ParameterExpression accumulator, Expression value)
    {
        string method = (TypeOf(output), output.Kind) switch
        {
            (ElementType.Boolean, KernelOutputKind.Product or KernelOutputKind.Minimum) => "BitwiseAnd",
            (ElementType.Boolean, _) => "BitwiseOr",
            (_, KernelOutputKind.Sum) => "Add",
            (_, KernelOutputKind.Product) => "Multiply",
            (_, KernelOutputKind.Minimum) => "Min",
            _ => "Max",
        };
        _values.Body.Add(Expression.Assign(accumulator, _width.Call(method, accumulator, value)));
    }

    private void EmitAdvance()
    {
        for (int slot = 0; slot < _program.Inputs.Length; slot++)
        {
            if (!_program.Inputs[slot].IsScalar)
                Advance(_rows[slot], _program.Inputs[slot].Type);
        }

        for (int slot = 0; slot < _program.Outputs.Length; slot++)
        {
            if (_program.Outputs[slot].Kind == KernelOutputKind.Store)
                Advance(Row(slot), TypeOf(_program.Outputs[slot]));
        }
    }

    private void Advance(ParameterExpression row, ElementType type) =>
        _values.Body.Add(Expression.Assign(row, Plus(row, TurnLength * type.Size)));

    private ParameterExpression Row(int output) => _rows[_program.Inputs.Length + output];

    private ElementType TypeOf(KernelOutput output) => _program.Nodes[output.Node].Type;

    private ElementType StoredType(KernelOutput output) => TypeOf(output) == ElementType.Boolean ? ElementType.Byte : TypeOf(output);

    private static BinaryExpression Plus(Expression address, long bytes) => Expression.Add(address, Expression.Constant(bytes));
}
