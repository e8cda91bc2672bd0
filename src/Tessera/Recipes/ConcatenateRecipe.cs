namespace Tessera.Recipes;

/// <summary>Parts one after another along an axis; a region takes from the parts that it touches.</summary>
internal sealed class ConcatenateRecipe : Recipe
{
    private readonly Recipe[] _parts;
    private readonly AxisGrid _along;
    private readonly int _axis;

    public ConcatenateRecipe(Recipe[] parts, AxisGrid along, int axis, Shape shape)
        : base(parts[0].ElementType, shape)
    {
        (_parts, _along, _axis) = (parts, along, axis);
        Alignment = Join(parts, axis, shape, part => part.Alignment);
        IsDelivered = parts.Any(part => part.IsDelivered);
        CellAlignment = IsDelivered ? Join(parts, axis, shape, part => part.CellAlignment) : Alignment;
    }

    public override ReadOnlySpan<Recipe> Inputs => _parts;

    /// <summary>Where each part lies along the axis.</summary>
    public AxisGrid Along => _along;

    public int Axis => _axis;

    public override Alignment Alignment { get; }

    public override Alignment CellAlignment { get; }

    public override bool IsDelivered { get; }

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        foreach ((int part, Region inside) in Pieces(region))
            _parts[part].Visit(inside, visitor);
    }

    /// <summary>The regions of the parts, in their own coordinates, that make up a region.</summary>
    public IEnumerable<(int Part, Region Inside)> Pieces(Region region)
    {
        if (region.Length == 0)
            yield break;

        long end = region.End(_axis);
        for (int part = _along.IndexOf(region.Start[_axis]); part < _parts.Length && _along.StartOf(part) < end; part++)
        {
            if (_along.EndOf(part) > _along.StartOf(part))
                yield return (part, Within(region, part));
        }
    }

    /// <summary>What a region takes of a part, in the coordinates of the part.</summary>
    public Region Within(Region region, int part)
    {
        Span<long> start = stackalloc long[region.Rank], size = stackalloc long[region.Rank];
        region.Start.CopyTo(start);
        region.Extent.AsSpan().CopyTo(size);
        long from = Math.Max(region.Start[_axis], _along.StartOf(part)), to = Math.Min(region.End(_axis), _along.EndOf(part));
        (start[_axis], size[_axis]) = (from - _along.StartOf(part), to - from);
        return new Region(start, Shape.Create(size));
    }

    private static Alignment Join(Recipe[] parts, int axis, Shape shape, Func<Recipe, Alignment> alignmentOf)
    {
        Alignment joined = Alignment.None(shape.Rank);
        foreach (Recipe part in parts)
            joined = joined.Join(alignmentOf(part));

        // Along the axis the parts' own cuts hold only where all parts are equally long and whole multiples of them.
        if (joined.Sizes[axis] == 1)
            return joined;
        long length = parts[0].Shape[axis];
        bool even = parts.All(part => part.Shape[axis] == length) && length % joined.Sizes[axis] == 0 && joined.Phases[axis] == 0;
        return joined.With(axis, even ? joined.Sizes[axis] : Math.Max(1, length), 0);
    }
}
