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

    public int Node(KernelOp op, ElementType type, int a, int b = -1, int c = -1)
    {
        if (op == KernelOp.Cast && _nodes[a].Type == type)
            return a;

        var node = new KernelNode(op, type, a, b, c);
        if (!_numbers.TryGetValue(node, out int number))
        {
            number = _nodes.Count;
            _nodes.Add(node);
            _numbers.Add(node, number);
        }

        return number;
    }

    public void Output(int node, KernelOutputKind kind) => _outputs.Add(new KernelOutput(node, kind));

    public KernelProgram Build() => new([.. _inputs], [.. _nodes], [.. _outputs]);
}
