using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>
/// The inputs of a fused kernel and the elementwise program that turns them into one value: what an elementwise step stores and a reduction
/// folds. Along the inner axis an input is a dense row, or one element for a whole row.
/// </summary>
internal sealed class FusedInputs
{
    /// <summary>Below this, rows are too short for a kernel call each, and broadcast inputs are written out instead.</summary>
    public const long ShortRow = 32;

    private readonly Recipe[] _inputs;

    /// <param name="shape">The common shape.</param>
    /// <param name="inputs">All of that shape.</param>
    /// <param name="program">One stored output; its inputs are those of <paramref name="inputs"/>, scalar where <see cref="IsScalar"/> says so.</param>
    public FusedInputs(Shape shape, Recipe[] inputs, KernelProgram program)
    {
        (Shape, _inputs, Program) = (shape, inputs, program);
        InnerAxis = InnerAxisOf(shape);
        Alignment = CellAlignment = Alignment.None(shape.Rank);
        foreach (Recipe input in inputs)
        {
            Alignment = Alignment.Join(input.Alignment);
            CellAlignment = CellAlignment.Join(input.CellAlignment);
            DeliveredBytesPerElement += input.IsDelivered ? input.ElementType.Size : 0;
        }
    }

    public Shape Shape { get; }

    public Alignment Alignment { get; }

    public Alignment CellAlignment { get; }

    /// <summary>Bytes of an element that calls deliver.</summary>
    public long DeliveredBytesPerElement { get; }

    public bool IsDelivered => DeliveredBytesPerElement > 0;

    /// <summary>The last axis with more than one element, or -1.</summary>
    public int InnerAxis { get; }

    /// <summary>True where rows along the inner axis are too short for a kernel call each.</summary>
    public bool HasShortRows => InnerAxis >= 0 && Shape[InnerAxis] < ShortRow;

    public int Count => _inputs.Length;

    public ReadOnlySpan<Recipe> Recipes => _inputs;

    public KernelProgram Program { get; }

    /// <summary>True where an input is given to the kernel as one element per row.</summary>
    public static bool IsScalar(Recipe input, Shape shape)
    {
        int inner = InnerAxisOf(shape);
        return inner < 0 || (input.Repeats(inner) &&
            (shape[inner] >= ShortRow || Enumerable.Range(0, inner).All(axis => shape[axis] == 1 || input.Repeats(axis))));
    }

    /// <summary>Adds the program to another one, and gives the node of its value.</summary>
    public int AppendTo(KernelProgramBuilder builder)
    {
        var nodes = new int[Program.Nodes.Length];
        var slots = new int[Program.Inputs.Length];
        for (int slot = 0; slot < slots.Length; slot++)
            slots[slot] = builder.Input(Program.Inputs[slot].Type, Program.Inputs[slot].IsScalar);

        for (int i = 0; i < nodes.Length; i++)
        {
            KernelNode node = Program.Nodes[i];
            nodes[i] = node.Op == KernelOp.Input
                ? slots[node.A]
                : builder.Node(node.Op, node.Type, nodes[node.A], node.B < 0 ? -1 : nodes[node.B], node.C < 0 ? -1 : nodes[node.C]);
        }

        return nodes[Program.Outputs[0].Node];
    }

    public void Visit(Region region, IRecipeVisitor visitor)
    {
        foreach (Recipe input in _inputs)
            input.Visit(region, visitor);
    }

    private static int InnerAxisOf(Shape shape)
    {
        int inner = shape.Rank - 1;
        while (inner >= 0 && shape[inner] <= 1)
            inner--;
        return inner;
    }
}
