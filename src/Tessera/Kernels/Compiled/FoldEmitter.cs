using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>
/// Emits one folding output: its accumulators are locals, loaded before the loop and stored after it.
/// <para>
/// The sum of a small integer (or of a boolean) that is cast to a larger one has narrow accumulators besides, of twice the small size,
/// which are emptied into the wide ones before they could overflow. Widening every element to 64 bits would cost more than reading it:
/// <code>
/// sum of (long)x, x bytes:   each turn          n0 … n1 += x as ushort 0 … 1
///                            every 256 turns    a0 … a7 += n as long 0 … 7;  n0 … n1 = 0
/// </code>
/// </para>
/// </summary>
internal sealed class FoldEmitter
{
    private readonly VectorWidth _width;
    private readonly ValueEmitter _values;
    private readonly KernelOutputKind _kind;
    private readonly ElementType _type;
    private readonly ParameterExpression[] _accumulators;
    private readonly ParameterExpression[] _narrow = [];
    private readonly int _source;
    private readonly ElementType _narrowType;
    private readonly int _narrowNode;

    /// <summary>
    /// Loads the accumulators at <paramref name="address"/> before the loop, and adds the stores that come after it to <paramref name="epilogue"/>.
    /// </summary>
    public FoldEmitter(
        KernelProgram program, KernelOutput output, VectorWidth width, ValueEmitter values, Expression address, List<Expression> epilogue)
    {
        (_width, _values, _kind) = (width, values, output.Kind);
        KernelNode node = program.Nodes[output.Node];
        _type = node.Type;
        _source = output.Node;
        Size = _type.Size;
        _accumulators = Locals(program.Lanes, _type == ElementType.Boolean ? ElementType.Byte : _type);
        for (int part = 0; part < _accumulators.Length; part++)
        {
            Expression place = Expression.Add(address, Expression.Constant((long)part * width.Bytes));
            values.Prologue.Add(Expression.Assign(_accumulators[part], KernelMemory.Load(place, _accumulators[part].Type)));
            epilogue.Add(KernelMemory.Store(place, _accumulators[part]));
        }

        if (output.Kind == KernelOutputKind.Sum && node.Op == KernelOp.Cast &&
            NarrowSum(program.Nodes[node.A].Type, values.FormOf(node.A)) is { } narrow)
        {
            (_source, _narrowType, Period) = (node.A, narrow.Type, narrow.Period);
            Size = _narrowType.Size;
            _narrow = Locals(program.Lanes, _narrowType);
            _narrowNode = values.Adopt(_narrowType, _narrow);
            Clear(values.Prologue);
        }
    }

    /// <summary>Bytes of an element of the vectors that <see cref="Fold"/> takes.</summary>
    public int Size { get; }

    /// <summary>After how many turns <see cref="Empty"/> must come.</summary>
    public long Period { get; } = long.MaxValue;

    /// <summary>Folds vector number <paramref name="part"/> of the turn.</summary>
    public void Fold(int part)
    {
        if (_narrow.Length == 0)
        {
            Assign(_values.Body, _accumulators[part], Combine(_accumulators[part], _values.Output(_source, part)));
        }
        else if (_values.IsMask(_source))
        {
            Expression mask = _values.Value(_source, _values.FormOf(_source), part);
            Assign(_values.Body, _narrow[part], _width.Call("Subtract", _narrow[part], _width.As(mask, _narrowType)));
        }
        else
        {
            Assign(_values.Body, _narrow[part], _width.Call("Add", _narrow[part], _values.Value(_source, _narrowType, part)));
        }
    }

    /// <summary>Empties the narrow accumulators into the wide ones.</summary>
    public void Empty()
    {
        if (_narrow.Length == 0)
            return;

        for (int part = 0; part < _accumulators.Length; part++)
            Assign(_values.Body, _accumulators[part], _width.Call("Add", _accumulators[part], _values.Value(_narrowNode, _type, part)));
        Clear(_values.Body);
    }

    /// <summary>
    /// The accumulators that hold a sum of small values for a while, if any are smaller than the sum: 256 values of 8 bits fit 16 bits,
    /// 65536 of 16 bits fit 32. Masks (0 or -1) are counted in their own size.
    /// </summary>
    private (ElementType Type, long Period)? NarrowSum(ElementType from, ElementType form)
    {
        if (!_type.IsInteger || from.IsFloatingPoint)
            return null;

        (ElementType Type, long Period)? narrow = (from, form.Size) switch
        {
            (ElementType.Boolean, 1) => (ElementType.Byte, byte.MaxValue),
            (ElementType.Boolean, 2) => (ElementType.UInt16, ushort.MaxValue),
            (ElementType.Boolean, 4) => (ElementType.UInt32, uint.MaxValue),
            ({ IsInteger: true, Size: 1 or 2 }, _) => (ElementTypeTable.Integer(2 * from.Size, from.IsUnsigned), 1L << (8 * from.Size)),
            _ => null,
        };
        return narrow is { } found && found.Type.Size < _type.Size ? narrow : null;
    }

    private Expression Combine(Expression accumulator, Expression value) =>
        OperationTable.Of(KernelOutput.Operation(_kind)).LanesFor(_type)(new LaneOperands(_values, accumulator, value, _type));

    private ParameterExpression[] Locals(int lanes, ElementType type)
    {
        var locals = new ParameterExpression[lanes * type.Size / _width.Bytes];
        for (int part = 0; part < locals.Length; part++)
            locals[part] = Expression.Variable(_width.VectorOf(type));
        _values.Locals.AddRange(locals);
        return locals;
    }

    private void Clear(List<Expression> code)
    {
        foreach (ParameterExpression accumulator in _narrow)
            Assign(code, accumulator, _width.Zero(_narrowType));
    }

    private static void Assign(List<Expression> code, ParameterExpression local, Expression value) =>
        code.Add(Expression.Assign(local, value));
}
