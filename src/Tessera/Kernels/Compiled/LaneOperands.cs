using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>The operands of an operation, as vectors that <see cref="ValueEmitter"/> emits when they are first asked for.</summary>
internal readonly struct LaneOperands
{
    private readonly ValueEmitter _values;
    private readonly KernelNode? _node; // none where the operands are given
    private readonly ElementType _type;
    private readonly Expression[]? _given;

    /// <summary>Those of a node, in vectors of the operands' type, or of the form of their masks.</summary>
    /// <param name="values">Emits them.</param>
    /// <param name="node">The node.</param>
    /// <param name="type">Of the vectors.</param>
    /// <param name="part">Which vector of the node's values is made.</param>
    public LaneOperands(ValueEmitter values, KernelNode node, ElementType type, int part) => (_values, _node, _type, Part) = (values, node, type, part);

    /// <summary>An accumulator and what enters it.</summary>
    public LaneOperands(ValueEmitter values, Expression accumulator, Expression value, ElementType type) =>
        (_values, _given, _type) = (values, [accumulator, value], type);

    /// <summary>True where masks are looked at as bytes.</summary>
    private bool AreBytes { get; init; }

    public ElementType Type => AreBytes ? ElementType.Byte : _type;

    public int Part { get; }

    public VectorWidth Width => _values.Width;

    public Expression A => Operand(0);

    public Expression B => Operand(1);

    /// <summary>The operands in their order.</summary>
    public Expression[] All => _given ?? (_node!.B < 0 ? [A] : _node.C < 0 ? [A, B] : [A, B, Operand(2)]);

    /// <summary>True where all lanes of B are one value.</summary>
    public bool IsUniformB => _node is { } node && _values.IsUniform(node.B);

    /// <summary>The same masks as bytes, among which true (255) is more than false.</summary>
    public LaneOperands AsBytes() => this with { AreBytes = true };

    /// <summary>Vector number <paramref name="part"/> of the first operand in another form.</summary>
    public Expression FirstAs(ElementType form, int part) => _values.Value(_node!.A, form, part);

    /// <summary>Vector number <paramref name="part"/> of the second operand in another form.</summary>
    public Expression SecondAs(ElementType form, int part) => _values.Value(_node!.B, form, part);

    public Expression Call(string method, params Expression[] arguments) => Width.Call(method, arguments);

    private Expression Operand(int number)
    {
        if (_given is not null)
            return _given[number];
        Expression value = _values.Value(number switch { 0 => _node!.A, 1 => _node!.B, _ => _node!.C }, _type, Part);
        return AreBytes ? Width.As(value, ElementType.Byte) : value;
    }
}
