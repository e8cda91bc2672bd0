namespace Tessera.Hdf5Format;

/// <summary>
/// What of each element is read: all of it, or a member of a compound, a member of a member, of arrays of these. Arrays in elements are axes behind those
/// of the dataset.
/// </summary>
/// <param name="Type">What is read, without the arrays around it: a number, a text.</param>
/// <param name="Axes">The sizes of the arrays around it, outermost first.</param>
/// <param name="Place">Where it lies in an element.</param>
internal sealed record ElementPart(Hdf5Type Type, long[] Axes, RecordPlace Place)
{
    /// <summary>How it becomes elements in memory: the type's own format if an element is one number; null if it isn't a number.</summary>
    public NumberFormat? Format => Axes.Length == 0 && Place.IsWhole ? Type.Format : Type.Format?.Within(Place);

    /// <summary>The part of a type.</summary>
    /// <param name="type">Of a dataset's elements.</param>
    /// <param name="member">
    /// The names of members, from the outermost to the innermost with dots between; null for all of an element. A name that has a dot itself goes before two
    /// names.
    /// </param>
    /// <param name="what">The dataset, for messages.</param>
    /// <exception cref="KeyNotFoundException">There is no such member; says which there are.</exception>
    public static ElementPart Of(Hdf5Type type, string? member, string what)
    {
        if (member is null && type.Kind != Hdf5TypeKind.Array)
            return new ElementPart(type, [], RecordPlace.Whole(type.Size));
        if (member is { Length: 0 })
            throw new ArgumentException("The name of the member is empty; leave it out to read all of an element.", nameof(member));
        int recordBytes = type.Size, offset = 0;
        var axes = new List<long>();
        var levels = new List<(int Count, int Stride)>();
        string? rest = member;
        while (true)
        {
            while (type.Kind == Hdf5TypeKind.Array)
            {
                axes.AddRange(type.Dimensions!.Value);
                type = Inner(type, levels);
            }

            if (rest is null)
                return new ElementPart(type, [.. axes], new RecordPlace(recordBytes, offset, type.Size, levels));
            if (type.Kind != Hdf5TypeKind.Compound)
                throw new KeyNotFoundException($"{what} was to be read by the member '{member}', and '{rest}' isn't there: what should have it is {type}, which has no members.");
            (Hdf5Member found, rest) = Find(type, rest) ?? throw new KeyNotFoundException(
                $"{what} was to be read by the member '{member}', and there is no '{rest}' but {string.Join(", ", type.Members.Take(20).Select(one => $"'{one.Name}'"))}{(type.Members.Count > 20 ? ", …" : "")}.");
            offset += found.Offset;
            type = found.Type;
        }
    }

    private static Hdf5Type Inner(Hdf5Type array, List<(int Count, int Stride)> levels)
    {
        levels.Add(((int)array.Dimensions!.Value.Length, array.ElementsType!.Size));
        return array.ElementsType;
    }

    /// <summary>The member whose name begins a path, and what is left of that: the longest name that fits.</summary>
    private static (Hdf5Member Member, string? Below)? Find(Hdf5Type compound, string path)
    {
        for (int end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (compound.Find(path[..end]) is { } member)
                return (member, end == path.Length ? null : path[(end + 1)..]);
        }

        return null;
    }
}
