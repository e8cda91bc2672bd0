namespace Tessera.Hdf5Format.Tests;

/// <summary>Reads all that there is in a file, so that what is damaged shows.</summary>
internal sealed class Walk
{
    private const long MostElements = 1 << 20;
    private const long MostValues = 10_000;
    private const int MostMembers = 20;

    private readonly HashSet<(FileStructure, long)> _seen = [];
    private bool _isSound = true;

    /// <summary>Every link, attribute, value and array; false if anything was refused. What is too large is read in a corner.</summary>
    public static bool Everything(string path)
    {
        var walk = new Walk();
        walk.Try(() =>
        {
            using Hdf5File file = Hdf5File.Open(path);
            walk.Object(file.Root);
        });
        return walk._isSound;
    }

    private void Object(Hdf5Object item)
    {
        if (!_seen.Add((item.Structure, item.Header.Address)))
            return;
        Try(() => item.ToString());
        Try(() =>
        {
            foreach (Hdf5Attribute attribute in item.Attributes.Values)
                Try(() => attribute.ToString());
        });
        if (item is Hdf5Dataset dataset)
            Dataset(dataset);
        else if (item is Hdf5Group group)
            Group(group);
    }

    private void Group(Hdf5Group group)
    {
        IReadOnlyList<Hdf5Link> links = [];
        Try(() => links = group.Links);
        foreach (Hdf5Link link in links)
        {
            Hdf5Object? next = null;
            Try(() => group.TryGet(link.Name, out next));
            if (next is not null)
                Object(next);
        }
    }

    private void Dataset(Hdf5Dataset dataset)
    {
        Shape? known = null;
        Try(() => known = dataset.Shape);
        if (known is not { } shape)
            return;
        if (dataset.ElementType is not null)
            Elements(dataset, null);
        foreach (string member in MembersOf(dataset.Type, "").Take(MostMembers))
            Elements(dataset, member);

        if (shape.Length <= MostValues && dataset.Type.Size * shape.Length <= MostElements)
            Try(() => dataset.ReadValue());
    }

    private void Elements(Hdf5Dataset dataset, string? member) => Try(() =>
    {
        IBlockSource source = dataset.Source(member);
        var corner = new Region(new long[source.Shape.Rank], Shape.Create([.. source.Shape.Select(size => Math.Min(size, 3))]));
        Try(() => source.Read(corner.Length <= MostElements ? corner : new Region(new long[source.Shape.Rank], Shape.Create(Ones(source.Shape)))));
        if (source.Shape.Length <= MostElements)
            Try(() => source.ReadAll());
    });

    /// <summary>The paths of all members that are numbers.</summary>
    private static IEnumerable<string> MembersOf(Hdf5Type type, string above)
    {
        while (type.Kind == Hdf5TypeKind.Array)
            type = type.ElementsType!;
        return type.Members.Where(member => member.Name.Length > 0).SelectMany(member => (IEnumerable<string>)(member.Type.ElementType is not null ? [above + member.Name] : MembersOf(member.Type, $"{above}{member.Name}.")));
    }

    private static long[] Ones(Shape shape) => [.. shape.Select(size => Math.Min(size, 1))];

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception refused) when (refused is InvalidDataException or NotSupportedException or UnauthorizedAccessException or FileNotFoundException)
        {
            _isSound = false;
        }
        catch (IOException busy) when (busy.GetType() == typeof(IOException) && busy.Message.Contains("being written", StringComparison.Ordinal))
        {
            _isSound = false; // the flag in the superblock was hit
        }
    }
}
