using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>
/// Emits the values of a program's nodes, vector by vector and on demand, each once, into a local.
/// <para>
/// A node's values over one turn of the loop are several vectors: with 64 lanes and 64-byte vectors one of bytes, two of shorts, eight
/// of doubles. Besides its own type a node has other <em>forms</em>, its values converted step by step; each step is a local that later
/// conversions share:
/// <code>
/// sum of (double)x, x bytes:  x as byte 0 → as ushort 0, 1 → as uint 0 … 3 → as float 0 … 3 → as double 0 … 7
/// </code>
/// A vector is emitted when the first of its users asks for it, so few are alive at a time.
/// </para>
/// <para>
/// A boolean is a mask here, a signed integer 0 or -1 of the size that its operands had; it narrows and widens as integers do.
/// </para>
/// </summary>
internal sealed partial class ValueEmitter
{
    private readonly KernelProgram _program;
    private readonly VectorWidth _width;
    private readonly IReadOnlyList<Expression> _rows;
    private readonly List<bool> _uniform = [];
    private readonly List<ElementType> _forms = [];
    private readonly Dictionary<(int Node, ElementType Form, int Part), ParameterExpression> _locals = [];

    /// <summary>Emits for one program and vector width; <paramref name="rows"/> are where the inputs are in this turn of the loop.</summary>
    public ValueEmitter(KernelProgram program, VectorWidth width, IReadOnlyList<Expression> rows)
    {
        _program = program;
        _width = width;
        _rows = rows;
        foreach (KernelNode node in program.Nodes)
        {
            _uniform.Add(node.Op == KernelOp.Input
                ? program.Inputs[node.A].IsScalar
                : _uniform[node.A] && (node.B < 0 || _uniform[node.B]) && (node.C < 0 || _uniform[node.C]));
            _forms.Add(node.Type == ElementType.Boolean ? MaskForm(node) : node.Type);
        }
    }

    public VectorWidth Width => _width;

    /// <summary>Locals and their assignments that come once, before the loop: scalar inputs and what follows from them alone.</summary>
    public List<Expression> Prologue { get; } = [];

    /// <summary>One turn of the loop.</summary>
    public List<Expression> Body { get; } = [];

    public List<ParameterExpression> Locals { get; } = [];

    /// <summary>The form in which a node's values come about: its type, or its mask's.</summary>
    public ElementType FormOf(int node) => _forms[node];

    /// <summary>True where all elements of a node's row are one value.</summary>
    public bool IsUniform(int node) => _uniform[node];

    public bool IsMask(int node) => _program.Nodes[node].Type == ElementType.Boolean;

    /// <summary>Locals made elsewhere as the values of one more node, so that they can be converted; its number.</summary>
    public int Adopt(ElementType type, IReadOnlyList<ParameterExpression> parts)
    {
        for (int part = 0; part < parts.Count; part++)
            _locals.Add((_forms.Count, type, part), parts[part]);
        _uniform.Add(false);
        _forms.Add(type);
        return _forms.Count - 1;
    }

    /// <summary>The values to store or to fold: of the node's type, booleans as bytes 0 or 1.</summary>
    public Expression Output(int node, int part) => IsMask(node)
        ? _width.Call("BitwiseAnd", _width.As(Value(node, ElementType.SByte, part), ElementType.Byte), _width.One(ElementType.Byte))
        : Value(node, _program.Nodes[node].Type, part);

    /// <summary>Vector number <paramref name="part"/> of a node's values in a form.</summary>
    public ParameterExpression Value(int node, ElementType form, int part)
    {
        if (_uniform[node])
            part = 0;
        if (_locals.TryGetValue((node, form, part), out ParameterExpression? known))
            return known;

        Expression value = form == _forms[node] ? Compute(_program.Nodes[node], part) : Convert(node, form, part);
        if (value is not ParameterExpression local)
        {
            local = Expression.Variable(value.Type);
            Locals.Add(local);
            (_uniform[node] ? Prologue : Body).Add(Expression.Assign(local, value));
        }

        _locals.Add((node, form, part), local);
        return local;
    }

    private Expression Compute(KernelNode node, int part)
    {
        switch (node.Op)
        {
            case KernelOp.Input:
                return Input(node, part);
            case KernelOp.Where:
                return Choose(node, part);
            case KernelOp.Cast:
                return Cast(node, part);
        }

        ElementType type = _program.Nodes[node.A].Type;
        OperationRow row = OperationTable.Of(node.Op);
        LaneForm form = row.LanesFor(type);
        if (type == ElementType.Boolean)
            return form(new LaneOperands(this, node, MaskForm(node), part)) is var mask && row.IsTest ? _width.As(mask, Mask(1)) : mask;
        Expression value = form(new LaneOperands(this, node, type, part));
        return row.IsTest ? _width.As(value, Mask(type.Size)) : value;
    }

    /// <summary>The signed integer of a size.</summary>
    private static ElementType Mask(int size) => ElementTypeTable.Integer(size, isUnsigned: false);

    /// <summary>In what size a boolean node's mask comes about.</summary>
    private ElementType MaskForm(KernelNode node)
    {
        switch (node.Op)
        {
            case KernelOp.Input:
                return Mask(1);
            case KernelOp.Where:
                return Common(node.B, node.C);
        }

        ElementType type = _program.Nodes[node.A].Type;
        if (type != ElementType.Boolean)
            return Mask(type.Size);
        if (OperationTable.Of(node.Op).IsTest)
            return Mask(1);
        return node.B < 0 ? _forms[node.A] : Common(node.A, node.B);
    }

    private ElementType Common(int a, int b) => _forms[a] == _forms[b] ? _forms[a] : Mask(1);

    private Expression Input(KernelNode node, int part)
    {
        Expression row = _rows[node.A];
        ElementType stored = node.Type.Lanes;
        Expression value = _program.Inputs[node.A].IsScalar
            ? _width.Broadcast(KernelMemory.Load(row, stored.ClrType))
            : KernelMemory.Load(Expression.Add(row, Expression.Constant((long)part * _width.Bytes)), _width.VectorOf(stored));
        return node.Type == ElementType.Boolean ? Nonzero(value, stored) : value;
    }

    private Expression Choose(KernelNode node, int part)
    {
        ElementType form = node.Type == ElementType.Boolean ? MaskForm(node) : node.Type;
        Expression mask = _width.As(Value(node.A, Mask(form.Size), part), form);
        return _width.Call("ConditionalSelect", mask, Value(node.B, form, part), Value(node.C, form, part));
    }

    private Expression Cast(KernelNode node, int part)
    {
        ElementType from = _program.Nodes[node.A].Type;
        if (node.Type == ElementType.Boolean)
            return Nonzero(Value(node.A, from, part), from);
        if (from != ElementType.Boolean)
            return Value(node.A, node.Type, part);

        Expression mask = _width.As(Value(node.A, Mask(node.Type.Size), part), node.Type);
        return _width.Call("BitwiseAnd", mask, _width.One(node.Type));
    }

    /// <summary>A mask of the lanes that aren't 0; NaN isn't.</summary>
    private Expression Nonzero(Expression value, ElementType type) =>
        _width.As(_width.Call("OnesComplement", _width.Call("Equals", value, _width.Zero(type))), Mask(type.Size));
}
