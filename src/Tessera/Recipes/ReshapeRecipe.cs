namespace Tessera.Recipes;

/// <summary>The same elements in C order under another shape: rows of neighbours are looked up as boxes of the input.</summary>
internal sealed class ReshapeRecipe(Recipe input, Shape shape) : Recipe(input.ElementType, shape)
{
    private readonly long[] _inputStrides = input.Shape.DenseStrides();
    private readonly long[] _strides = shape.DenseStrides();

    public Recipe Input => input;

    public override bool IsDelivered => input.IsDelivered;

    public override Alignment Alignment { get; } = Alignment.None(shape.Rank).WithWholeShortRows(shape);

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        if (region.Length == 0)
            return;

        if (!destination.IsDense(region.Extent, ElementType))
        {
            var mark = context.Scratch.Mark();
            Tile dense = Tile.Dense(context.Scratch.Take(region.Length * ElementType.Size), region.Extent, ElementType);
            Fill(region, dense, context);
            Copy(dense, destination, region.Extent);
            context.Scratch.Release(mark);
            return;
        }

        nint address = destination.Address;
        foreach (Region box in Boxes(region))
        {
            input.Fill(box, Tile.Dense(address, box.Extent, ElementType), context);
            address += (nint)(box.Length * ElementType.Size);
        }
    }

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        foreach (Region box in Boxes(region))
            input.Visit(box, visitor);
    }

    public override long ScratchBytes(Region within, Shape extent) => FillBytes(within, extent, isDense: false);

    public override long FillBytes(Region within, Shape extent, bool isDense)
    {
        // One box at a time: some indexes of one axis, and all of those after it.
        Region around = Around(within);
        long elements = Math.Max(1, extent.Length), most = 0;
        long[] box = [.. input.Shape.Select(_ => 1L)];
        for (int axis = box.Length - 1; axis >= 0 && _inputStrides[axis] <= elements; axis--)
        {
            box[axis] = Math.Clamp(elements / _inputStrides[axis], 1, Math.Max(1, input.Shape[axis]));
            most = Math.Max(most, input.FillBytes(around, Shape.Create(box), isDense: true));
        }

        return (isDense ? 0 : Rounded(extent.Length * ElementType.Size)) + Math.Max(most, input.FillBytes(around, Shape.Create(box), isDense: true));
    }

    /// <summary>A box of the input that holds a region's elements: some indexes of one axis, one of each before it, and all of those after it.</summary>
    private Region Around(Region region)
    {
        if (region.Length == 0)
            return new Region(input.Shape);

        long first = 0, last = 0;
        for (int axis = 0; axis < region.Rank; axis++)
        {
            first += region.Start[axis] * _strides[axis];
            last += (region.End(axis) - 1) * _strides[axis];
        }

        long[] start = new long[input.Shape.Rank], size = input.Shape.ToArray();
        for (int axis = 0; axis < start.Length; axis++)
        {
            (start[axis], first) = Math.DivRem(first, _inputStrides[axis]);
            (long end, last) = Math.DivRem(last, _inputStrides[axis]);
            size[axis] = end - start[axis] + 1;
            if (size[axis] > 1)
                break;
        }

        return new Region(start, Shape.Create(size));
    }

    /// <summary>Boxes of the input that, one after another, hold the elements of a region in its order.</summary>
    private IEnumerable<Region> Boxes(Region region)
    {
        if (region.Length == 0)
            yield break;

        // The elements of a region are neighbours in rows over its trailing axes, as far as these are taken whole.
        int axis = Shape.Rank;
        long row = 1;
        while (axis > 0 && (axis == Shape.Rank || region.Extent[axis] == Shape[axis]))
            row *= region.Extent[--axis];

        var index = region.Start.ToArray();
        while (true)
        {
            long first = 0;
            for (int i = 0; i < index.Length; i++)
                first += index[i] * _strides[i];
            foreach (Region box in BoxesOfRow(first, row))
                yield return box;

            int step = axis - 1;
            while (step >= 0 && ++index[step] == region.End(step))
                index[step] = region.Start[step--];
            if (step < 0)
                yield break;
        }
    }

    /// <summary>
    /// A row of neighbours as boxes: each takes as many whole trailing axes as fit from where it begins, and as far as it can along the next.
    /// </summary>
    private IEnumerable<Region> BoxesOfRow(long first, long count)
    {
        int rank = input.Shape.Rank;
        if (rank == 0)
        {
            yield return new Region(Shape.Scalar);
            yield break;
        }

        while (count > 0)
        {
            int axis = rank - 1;
            while (axis > 0 && first % _inputStrides[axis - 1] == 0 && count >= _inputStrides[axis - 1])
                axis--;

            var (start, size) = (new long[rank], new long[rank]);
            long rest = first;
            for (int i = 0; i < rank; i++)
            {
                (start[i], rest) = Math.DivRem(rest, _inputStrides[i]);
                size[i] = i < axis ? 1 : input.Shape[i];
            }

            size[axis] = Math.Min(count / _inputStrides[axis], input.Shape[axis] - start[axis]);
            var box = new Region(start, Shape.Create(size));
            yield return box;
            first += box.Length;
            count -= box.Length;
        }
    }
}
