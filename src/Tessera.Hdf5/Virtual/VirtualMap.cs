namespace Tessera.Hdf5Format;

/// <summary>A part of a virtual dataset and the dataset whose elements it has; neither of the selections is unlimited.</summary>
/// <param name="File">The source's file, as it is named; "." is the same one.</param>
/// <param name="Dataset">The source's path there.</param>
/// <param name="Source">Which of its elements.</param>
/// <param name="Target">Which elements of the virtual dataset they become.</param>
/// <param name="Low">The first index of the part along each axis.</param>
/// <param name="High">Behind its last ones.</param>
internal sealed record VirtualPiece(string File, string Dataset, Selection Source, Selection Target, long[] Low, long[] High)
{
    public bool Touches(Region region)
    {
        for (int axis = 0; axis < Low.Length; axis++)
        {
            if (Low[axis] >= region.End(axis) || High[axis] <= region.Start[axis])
                return false;
        }

        return true;
    }

    /// <summary>How messages call its source.</summary>
    public override string ToString() => $"'{Dataset}' in '{File}'";
}

/// <summary>
/// The pieces of a virtual dataset, and its sizes. Where a selection is unlimited, it is as long as its source is now, or as many numbered sources
/// as follow each other, and so is the virtual dataset: to the last element that there is.
/// </summary>
/// <param name="Pieces">In the order of the file: where two overlap, the later counts.</param>
/// <param name="Shape">The sizes of the virtual dataset.</param>
/// <param name="Search">Finds pieces.</param>
/// <param name="Chain">The virtual datasets that led here from one another, this one last.</param>
internal sealed record VirtualMap(VirtualPiece[] Pieces, Shape Shape, PieceSearch Search, string[] Chain)
{
    private const int MostDepth = 16;

    /// <param name="structure">The file of the virtual dataset.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="above">The virtual datasets that have this one among their sources.</param>
    /// <exception cref="InvalidDataException">It is damaged, or is one of its own sources.</exception>
    public static VirtualMap Read(FileStructure structure, DatasetHeader header, string[] above)
    {
        var layout = (VirtualLayout)header.Layout;
        string here = $"{structure.File.Path}:{layout.Heap:X}:{layout.Index}";
        if (above.Contains(here))
            throw structure.Bytes.Damaged(layout.Heap, "a virtual dataset has itself among its sources, or among theirs");
        if (above.Length >= MostDepth)
            throw structure.Bytes.Damaged(layout.Heap, $"virtual datasets have virtual datasets as sources, more than {MostDepth} deep");

        string[] chain = [.. above, here];
        Shape stated = header.Space.Shape ?? Shape.Create([0]);
        (long, uint, Shape) key = (layout.Heap, layout.Index, stated); // in a damaged file, two datasets may have one list
        VirtualMap map = structure.Maps.TryGetValue(key, out VirtualMap? known) ? known : structure.Maps.GetOrAdd(key, Resolve());
        return map with { Chain = chain };

        VirtualMap Resolve()
        {
            var reader = new VirtualMapReader(structure, stated, chain);
            foreach (VirtualMapping mapping in VirtualMapping.Read(structure, layout))
                reader.Add(mapping);
            return reader.Map();
        }
    }
}
