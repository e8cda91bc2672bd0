namespace Tessera.Kernels;

/// <summary>Builds a <see cref="KernelProgram"/>; equal nodes are made once.</summary>
internal sealed class KernelProgramBuilder
{
    private readonly List<KernelInput> _inputs = [];
    private readonly List<KernelNode> _nodes = [];
    private readonly List<KernelOutput> _outputs = [];
    private readonly Dictionary<KernelNode, int> _numbers = [];

    public ElementType TypeOf(int node) => _nodes[node].Type;

    /// <summary>A new input slot, and the node that reads it.</summary>
    public int Input(ElementType type, bool isScalar)
    {
        _inputs.Add(new KernelInput(type, isScalar));
        return Node(KernelOp.Input, type, _inputs.Count - 1);
    }

    /// <summary>
    /// A node. Operands of a type that is computed as another one are widened to it, and the result is rounded back: kernels compute in types that
    /// the machine computes in, and know the others as what is loaded, stored and moved.
    /// </summary>
    public int Node(KernelOp op, ElementType type, int a, int b = -1, int c = -1)
    {
        if (op == KernelOp.Cast)
            return Cast(type, a);

        if (!OperationTable.Of(op).MovesBits && _nodes[a].Type is var operands && WideFor(op, operands) is var wide && wide != operands)
        {
            int result = Add(new KernelNode(op, type == operands ? wide : type, Cast(wide, a), b < 0 ? b : Cast(wide, b), c < 0 ? c : Cast(wide, c)));
            return Cast(type, result);
        }

        return Add(new KernelNode(op, type, a, b, c));
    }

    /// <summary>
    /// The type in which an operation is computed. Float holds twice the bits of a half and two more, so that one operation in it and a rounding to half are one
    /// rounding; but not a product and a sum, of which double holds all bits that decide.
    /// </summary>
    private static ElementType WideFor(KernelOp op, ElementType type) =>
        type == ElementType.Half && op == KernelOp.FusedMultiplyAdd ? ElementType.Double : type.ComputedAs;

    public void Output(int node, KernelOutputKind kind) => _outputs.Add(new KernelOutput(node, kind));

    public KernelProgram Build() => new([.. _inputs], [.. _nodes], [.. _outputs]);

    /// <summary>Between what is computed as another type and all others by way of that type; a double is rounded once, and so goes straight.</summary>
    private int Cast(ElementType type, int a)
    {
        ElementType from = _nodes[a].Type;
        if (from == type)
            return a;
        if (from.ComputedAs != from && from.ComputedAs != type)
            return Cast(type, Cast(from.ComputedAs, a));
        if (type.ComputedAs != type && type.ComputedAs != from && from != ElementType.Double)
            return Cast(type, Cast(type.ComputedAs, a));
        return Add(new KernelNode(KernelOp.Cast, type, a));
    }

    private int Add(KernelNode node)
    {
        if (!_numbers.TryGetValue(node, out int number))
        {
            number = _nodes.Count;
            _nodes.Add(node);
            _numbers.Add(node, number);
        }

        return number;
    }
}
