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
    private readonly KernelProgram _program;
    private readonly bool[] _packs; // inputs whose rows may have to be put together

    /// <param name="shape">The common shape.</param>
    /// <param name="inputs">All of that shape.</param>
    /// <param name="program">One stored output; its inputs are those of <paramref name="inputs"/>, scalar where <see cref="IsScalar"/> says so.</param>
    public FusedInputs(Shape shape, Recipe[] inputs, KernelProgram program)
    {
        (Shape, _inputs, _program) = (shape, inputs, program);
        InnerAxis = InnerAxisOf(shape);
        Alignment = CellAlignment = Alignment.None(shape.Rank);
        _packs = new bool[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            Recipe input = inputs[i];
            bool inPlace = IsUsedInPlace(input);
            _packs[i] = InnerAxis >= 0 && !program.Inputs[i].IsScalar && !inPlace &&
                !(shape[InnerAxis] < ShortRow ? input.GetsDense : input.HasDenseRows(InnerAxis));
            Alignment = Alignment.Join(input.Alignment);
            CellAlignment = CellAlignment.Join(input.CellAlignment);
            DeliveredBytesPerElement += input.IsDelivered ? input.ElementType.Size : 0;
            BytesPerElement += inPlace ? 0 : input.ElementType.Size;
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

    public int Count => _inputs.Length;

    public KernelProgram Program => _program;

    /// <summary>Bytes of working memory for each element of a tile: none for what can be used where it lies.</summary>
    public long BytesPerElement { get; }

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
        var nodes = new int[_program.Nodes.Length];
        var slots = new int[_program.Inputs.Length];
        for (int slot = 0; slot < slots.Length; slot++)
            slots[slot] = builder.Input(_program.Inputs[slot].Type, _program.Inputs[slot].IsScalar);

        for (int i = 0; i < nodes.Length; i++)
        {
            KernelNode node = _program.Nodes[i];
            nodes[i] = node.Op == KernelOp.Input
                ? slots[node.A]
                : builder.Node(node.Op, node.Type, nodes[node.A], node.B < 0 ? -1 : nodes[node.B], node.C < 0 ? -1 : nodes[node.C]);
        }

        return nodes[_program.Outputs[0].Node];
    }

    /// <summary>The inputs over a tile, ready for rows along the inner axis.</summary>
    public void Get(Region tile, Span<Tile> operands, TaskContext context)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            Tile operand = _inputs[i].Get(tile, context);
            if (InnerAxis >= 0 && !_program.Inputs[i].IsScalar && !IsReady(operand, tile.Extent, _inputs[i].ElementType))
                operand = Pack(operand, tile.Extent, _inputs[i].ElementType, context);
            operands[i] = operand;
        }
    }

    public void Visit(Region region, IRecipeVisitor visitor)
    {
        foreach (Recipe input in _inputs)
            input.Visit(region, visitor);
    }

    /// <summary>
    /// An upper bound of the scratch bytes that <see cref="Get"/> takes for a tile within a region. What an input needs beside its elements is free again
    /// before the next one is got.
    /// </summary>
    public long ScratchBytes(Region within, Shape tile)
    {
        long got = 0, most = 0;
        for (int i = 0; i < _inputs.Length; i++)
        {
            most = Math.Max(most, got + _inputs[i].ScratchBytes(within, tile));
            got += _inputs[i].GotBytes(within, tile) + (_packs[i] ? Scratch.Rounded(tile.Length * _inputs[i].ElementType.Size) : 0);
            most = Math.Max(most, got);
        }

        return most;
    }

    /// <summary>Rows must be dense; short ones must follow one another, so that many make one row.</summary>
    private bool IsReady(Tile operand, Shape extent, ElementType type) => Shape[InnerAxis] < ShortRow
        ? operand.IsDense(extent, type)
        : operand.Strides[InnerAxis] == type.Size;

    private static Tile Pack(Tile operand, Shape extent, ElementType type, TaskContext context)
    {
        Tile dense = Tile.Dense(context.Scratch.Take(extent.Length * type.Size), extent, type);
        StridedCopy.Copy(operand.Address, operand.Strides, dense.Address, dense.Strides, extent.AsSpan(), type.Size);
        return dense;
    }

    /// <summary>True where a tile of the input is a look at memory whose rows are dense, or one element a row.</summary>
    private bool IsUsedInPlace(Recipe input) =>
        input.IsInMemory && Shape.Length > 0 && InnerAxis >= 0 && input.TryView(new Region(Shape), out Tile whole) &&
        (IsScalar(input, Shape) || IsReady(whole, Shape, input.ElementType));

    private static int InnerAxisOf(Shape shape)
    {
        int inner = shape.Rank - 1;
        while (inner >= 0 && shape[inner] <= 1)
            inner--;
        return inner;
    }
}
