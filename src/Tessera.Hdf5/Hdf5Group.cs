using System.Diagnostics.CodeAnalysis;
using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>A group: names that lead to datasets and further groups. Enumerating it gives its objects.</summary>
/// <example><code>
/// foreach (Hdf5Object item in file.Root)
///     Console.WriteLine(item);
/// </code></example>
public sealed class Hdf5Group : Hdf5Object, IEnumerable<Hdf5Object>
{
    internal Hdf5Group(Hdf5File file, PathEnd place, string path)
        : base(file, place, path)
    {
    }

    /// <summary>The names in the group, those that lead nowhere included: by name, or in the order in which they were made where the file keeps that.</summary>
    /// <exception cref="InvalidDataException">The group is damaged.</exception>
    public IReadOnlyList<Hdf5Link> Links => Damage.In(Path, () => Structure.LinksOf(Header).Links);

    /// <summary>The groups in the group.</summary>
    public IEnumerable<Hdf5Group> Groups => this.OfType<Hdf5Group>();

    /// <summary>The datasets in the group.</summary>
    public IEnumerable<Hdf5Dataset> Datasets => this.OfType<Hdf5Dataset>();

    /// <summary>The object at a path below the group, or at one from the root if it begins with a slash.</summary>
    /// <exception cref="KeyNotFoundException">There is none; says what there is, or where a link leads and why it isn't followed.</exception>
    /// <exception cref="InvalidDataException">The way to it is damaged.</exception>
    /// <exception cref="IOException">An external link leads to a file that another program is writing.</exception>
    public Hdf5Object this[string path] => TryFind(path, out Hdf5Object? found, out Lost lost)
        ? found
        : throw new KeyNotFoundException($"'{PathWalk.Full(Path, path)}' isn't in '{File.Path}': {Damage.In(Path, () => lost.Reason)}.");

    /// <summary>Whether there is a group or a dataset at a path.</summary>
    public bool Contains(string path) => TryFind(path, out _, out _);

    /// <summary>The object at a path, if there is one.</summary>
    /// <exception cref="InvalidDataException">The way to it is damaged.</exception>
    public bool TryGet(string path, [NotNullWhen(true)] out Hdf5Object? found) => TryFind(path, out found, out _);

    /// <summary>
    /// All objects below the group, in other files too if external links lead there, each with the group that holds it before it; an object to which several
    /// names lead comes once. Links that lead nowhere, or to a file that isn't read (because it may not be, is damaged, or is being written), are in <see cref="Links"/> only.
    /// </summary>
    public IEnumerable<Hdf5Object> Descendants()
    {
        var seen = new HashSet<(FileStructure, long)> { (Structure, Header.Address) };
        var waiting = new Stack<IEnumerator<Hdf5Object>>([GetEnumerator()]);
        while (waiting.TryPeek(out IEnumerator<Hdf5Object>? level))
        {
            if (!level.MoveNext())
            {
                waiting.Pop();
                continue;
            }

            Hdf5Object item = level.Current;
            if (!seen.Add((item.Structure, item.Header.Address)))
                continue;
            yield return item;
            if (item is Hdf5Group group)
                waiting.Push(group.GetEnumerator());
        }
    }

    /// <summary>
    /// The objects in the group, in the order of <see cref="Links"/>. Left out are named types, links that lead to no object, and those that lead to
    /// another file that isn't read, because it may not be, is damaged, or is being written: asking for one of these by its name says what is wrong.
    /// </summary>
    public IEnumerator<Hdf5Object> GetEnumerator()
    {
        foreach (Hdf5Link link in Links)
        {
            if (Listed(link) is { } item)
                yield return item;
        }
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The path, with how many names are below it.</summary>
    public override string ToString() => $"{Path} (group of {Links.Count})";

    /// <summary>The object of a link, or null. What is wrong with another file doesn't end the list of what this one has.</summary>
    private Hdf5Object? Listed(Hdf5Link link)
    {
        try
        {
            return TryFind(link.Name, out Hdf5Object? item, out _) ? item : null;
        }
        catch (Exception fault) when (link.Kind != Hdf5LinkKind.Hard && fault is InvalidDataException or IOException)
        {
            return null; // a soft link may lead on through an external one
        }
    }

    private bool TryFind(string path, [NotNullWhen(true)] out Hdf5Object? found, out Lost lost)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = PathWalk.Full(Path, path);
        // A group of another file has its path in this one; what begins with a slash begins at this one's root.
        PathEnd start = path.StartsWith('/') && Structure.Others.Main is { } main && main != Structure ? Damage.In("/", () => PathEnd.RootOf(main)) : Place;
        Lost why = default;
        PathEnd? end = Damage.In(full, () => PathWalk.Find(start, path, out why));
        lost = why;
        found = end is null ? null : File.ObjectOf(end, full);
        if (end is not null && found is null)
            lost = new Lost("it is a named type, neither a group nor a dataset");
        return found is not null;
    }
}
