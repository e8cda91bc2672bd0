namespace Tessera.Recipes;

/// <summary>The same elements in C order under another shape: rows of neighbours are looked up as boxes of the input.</summary>
internal sealed class ReshapeRecipe(Recipe input, Shape shape) : Recipe(input.ElementType, shape)
{
    private readonly Recipe _input = input;
    private readonly long[] _inputStrides = input.Shape.DenseStrides();
    private readonly long[] _strides = shape.DenseStrides();

    public Recipe Input => _input;

    public override ReadOnlySpan<Recipe> Inputs => new(in _input);

    public override bool IsDelivered => _input.IsDelivered;

    public override Alignment Alignment { get; } = Alignment.None(shape.Rank).WithWholeShortRows(shape);

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        (int axes, long row) = RowsOf(region);
        foreach (ReadOnlySpan<long> index in region.Indices(axes))
        {
            foreach (Region box in BoxesOfRow(FirstOf(index, region), row))
                _input.Visit(box, visitor);
        }
    }

    /// <summary>
    /// The elements of a region are neighbours in rows over its trailing axes, as far as these are taken whole: a row begins at each index over so many of
    /// its axes, and has so many elements. An empty region has no index.
    /// </summary>
    public (int Axes, long Row) RowsOf(Region region)
    {
        if (region.Length == 0)
            return (region.Rank, 0);

        int axis = Shape.Rank;
        long row = 1;
        while (axis > 0 && (axis == Shape.Rank || region.Extent[axis] == Shape[axis]))
            row *= region.Extent[--axis];
        return (axis, row);
    }

    /// <summary>The position, in C order over the whole, of the first element of the row that begins at an index.</summary>
    public long FirstOf(ReadOnlySpan<long> index, Region region)
    {
        long position = 0;
        for (int axis = 0; axis < region.Rank; axis++)
            position += (axis < index.Length ? index[axis] : region.Start[axis]) * _strides[axis];
        return position;
    }

    /// <summary>
    /// A row of neighbours as boxes of the input, one after another: each takes as many whole trailing axes as fit from where it begins, and as far as it can
    /// along the next.
    /// </summary>
    public IEnumerable<Region> BoxesOfRow(long first, long count)
    {
        int rank = _input.Shape.Rank;
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
                size[i] = i < axis ? 1 : _input.Shape[i];
            }

            size[axis] = Math.Min(count / _inputStrides[axis], _input.Shape[axis] - start[axis]);
            var box = new Region(start, Shape.Create(size));
            yield return box;
            first += box.Length;
            count -= box.Length;
        }
    }

    /// <summary>A box of the input that holds a region's elements: some indexes of one axis, one of each before it, and all of those after it.</summary>
    public Region Around(Region region)
    {
        if (region.Length == 0)
            return new Region(_input.Shape);

        long first = 0, last = 0;
        for (int axis = 0; axis < region.Rank; axis++)
        {
            first += region.Start[axis] * _strides[axis];
            last += (region.End(axis) - 1) * _strides[axis];
        }

        long[] start = new long[_input.Shape.Rank], size = _input.Shape.ToArray();
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
}
