namespace Tessera.Hdf5Format;

/// <summary>Makes pieces of what a file states about a virtual dataset; sources are opened only as far as its length depends on theirs.</summary>
internal sealed class VirtualMapReader(FileStructure structure, Shape stated, string[] chain)
{
    private const long MostBlocks = 10_000_000;

    private readonly List<VirtualPiece> _pieces = [];
    private readonly long[] _least = new long[stated.Rank]; // what limited selections reach
    private readonly long?[] _found = new long?[stated.Rank]; // what unlimited ones reach

    public VirtualMap Map()
    {
        long[] sizes = [.. stated.Select((size, axis) => _found[axis] is { } found ? Math.Max(found, _least[axis]) : size)];
        VirtualPiece[] pieces = [.. _pieces];
        return new VirtualMap(pieces, ShapeOf(sizes), new PieceSearch(pieces), chain);
    }

    public void Add(VirtualMapping mapping)
    {
        (Selection target, Selection source) = (mapping.Target.Within(stated), mapping.Source);
        RequireRank(target, mapping);
        if (target is EmptySelection || source is EmptySelection)
            return;
        int axis = target.UnlimitedAxis;
        if (axis < 0 || source.UnlimitedAxis >= 0) // a percent sign is written twice in all names
            mapping = mapping with { File = SourceName.With(mapping.File, 0), Dataset = SourceName.With(mapping.Dataset, 0) };
        if (axis < 0)
            AddPiece(mapping.File, mapping.Dataset, source.UnlimitedAxis < 0 ? source : throw Damaged($"takes all that there is of {mapping.Dataset}, for a part of limited size"), target, -1);
        else if (source.UnlimitedAxis >= 0)
            AddGrowing(mapping, (BoxSelection)target, (BoxSelection)source);
        else if (SourceName.IsPattern(mapping.File) || SourceName.IsPattern(mapping.Dataset))
            AddNumbered(mapping, (BoxSelection)target, source);
        else
            throw Damaged($"has a part without an end, and its source '{mapping.Dataset}' has one");
    }

    /// <summary>As many indices as the source has.</summary>
    private void AddGrowing(VirtualMapping mapping, BoxSelection target, BoxSelection source)
    {
        (int axis, int along) = (target.UnlimitedAxis, source.UnlimitedAxis);
        long length = 0;
        if (Opening.Find(structure, mapping.File, mapping.Dataset) is { } place && Opening.Describe(place, chain) is { Shape: { } shape } found)
        {
            if (shape.Rank != source.Axes.Length)
                throw Damaged($"has {found.Name} as a source, of {shape.Rank} axes, and selects from {source.Axes.Length}");
            length = source.Axes[along].Below(shape[along]);
        }

        Reach(axis, length == 0 ? 0 : target.Limited(length).Axes[axis].End);
        if (length > 0)
            AddPiece(mapping.File, mapping.Dataset, source.Limited(length), target.Limited(length), axis);
    }

    /// <summary>A block for each source, numbered from 0 on, up to the first that isn't there.</summary>
    private void AddNumbered(VirtualMapping mapping, BoxSelection target, Selection source)
    {
        int axis = target.UnlimitedAxis;
        Reach(axis, 0);
        for (long number = 0; ; number++)
        {
            (string file, string dataset) = (SourceName.With(mapping.File, number), SourceName.With(mapping.Dataset, number));
            if (Opening.Find(structure, file, dataset) is null)
                return;
            if (number == MostBlocks)
                throw Damaged($"has more than {MostBlocks} sources named '{mapping.Dataset}' in '{mapping.File}'");
            BoxSelection block = target.BlockOf(number);
            Reach(axis, block.Axes[axis].End);
            AddPiece(file, dataset, source, block, axis);
        }
    }

    private void Reach(int axis, long end) => _found[axis] = Math.Max(_found[axis] ?? 0, end);

    // The axis is the one along which the statement is unlimited; -1 where it isn't.
    private void AddPiece(string file, string dataset, Selection source, Selection target, int unlimited)
    {
        int rank = stated.Rank;
        (long[] low, long[] high) = (new long[rank], new long[rank]);
        for (int axis = 0; axis < rank; axis++)
        {
            (low[axis], high[axis]) = target switch
            {
                BoxSelection box => (box.Axes[axis].Start, box.Axes[axis].End),
                BlocksSelection blocks => (Enumerable.Range(0, blocks.Count).Min(block => blocks.Low(block, axis)), Enumerable.Range(0, blocks.Count).Max(block => blocks.High(block, axis))),
                _ => throw new InvalidOperationException($"{target} has no bounds."),
            };
            if (axis != unlimited)
                _least[axis] = Math.Max(_least[axis], high[axis]);
        }

        _pieces.Add(new VirtualPiece(file, dataset, source, target, low, high));
    }

    private void RequireRank(Selection target, VirtualMapping mapping)
    {
        int rank = target switch { BoxSelection box => box.Axes.Length, BlocksSelection blocks => blocks.Rank, _ => stated.Rank };
        if (rank != stated.Rank)
            throw Damaged($"has {stated.Rank} axes, and '{mapping.Dataset}' is to fill a part of one with {rank}");
    }

    private Shape ShapeOf(long[] sizes)
    {
        Int128 length = 1;
        foreach (long size in sizes)
        {
            if ((length *= Math.Max(size, 1)) > long.MaxValue / 16)
                throw Damaged($"has the sizes ({string.Join(", ", sizes)}), more elements than any file holds");
        }

        return Shape.Create(sizes);
    }

    private InvalidDataException Damaged(string what) => structure.Bytes.Damaged(FileBytes.Undefined, $"a virtual dataset {what}");
}
