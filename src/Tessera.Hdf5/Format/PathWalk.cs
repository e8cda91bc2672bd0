namespace Tessera.Hdf5Format;

/// <summary>
/// Follows a path from the root: name by name, links included. The target of a soft link is a path from the root or from the group that holds it, that of
/// an external link a path from the root of another file.
/// </summary>
internal static class PathWalk
{
    private const int MostLinks = 16; // as many as the reference library follows

    /// <summary>The object at a path; null, and a reason, where there is none.</summary>
    /// <param name="start">The group at which a relative path begins.</param>
    /// <param name="path">Names with slashes between; a leading one means the root.</param>
    /// <param name="lost">Why there is nothing.</param>
    /// <param name="isExact">Whether the path is in the exact spelling (see <see cref="FileName"/>), as files have it.</param>
    public static PathEnd? Find(PathEnd start, string path, out Lost lost, bool isExact = false)
    {
        int links = 0;
        return Follow(start, path, isExact, ref links, out lost);
    }

    /// <summary>A path from the root, as "/Control/raw"; the root is "/".</summary>
    public static string Full(string group, string path)
    {
        if (IsFull(path))
            return path;
        string below = string.Join('/', Names(path));
        return path.StartsWith('/') || group == "/" ? $"/{below}" : below.Length == 0 ? group : $"{group}/{below}";
    }

    /// <summary>Whether a path is from the root, and has no names that mean nothing.</summary>
    private static bool IsFull(string path)
    {
        if (path is not ['/', .., not '/'])
            return false;
        for (int i = 0; i + 1 < path.Length; i++)
        {
            if (path[i] == '/' && (path[i + 1] == '/' || (path[i + 1] == '.' && (i + 2 == path.Length || path[i + 2] == '/'))))
                return false;
        }

        return true;
    }

    private static IEnumerable<string> Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".");

    private static PathEnd? Follow(PathEnd start, string path, bool isExact, ref int links, out Lost lost)
    {
        lost = default;
        PathEnd at = path.StartsWith('/') ? PathEnd.RootOf(start.Structure) : start;
        foreach (string name in Names(path))
        {
            if (!GroupLinks.IsGroup(at.Header))
            {
                lost = new Lost($"'{at.Path}' is a dataset, which has nothing below it");
                return null;
            }

            if (!at.Structure.TryGetLink(at.Header, name, isExact, out LinkEntry link))
            {
                (PathEnd group, string missing) = (at, name); // its other names are read when somebody wants to know
                lost = new Lost(() => $"{(group.Path == "/" ? "the root" : $"the group '{group.Path}'")} has no '{missing}' but {Names(group.Structure.LinksOf(group.Header))}");
                return null;
            }

            if (Target(at, at.Path == "/" ? $"/{name}" : $"{at.Path}/{name}", link, ref links, out lost) is not { } next)
                return null;
            at = next;
        }

        return at;
    }

    private static PathEnd? Target(PathEnd holder, string path, LinkEntry link, ref int links, out Lost lost)
    {
        lost = default;
        switch (link.Link.Kind)
        {
            case Hdf5LinkKind.Hard:
                return new PathEnd(holder.Structure, holder.Structure.HeaderAt(link.Address), path);
            case Hdf5LinkKind.Soft or Hdf5LinkKind.External when ++links > MostLinks:
                lost = new Lost($"more than {MostLinks} soft or external links lead on from one another, the last of them '{path}' in '{holder.Structure.File.Name}'");
                return null;
            case Hdf5LinkKind.Soft:
                PathEnd? target = Follow(holder, link.ExactTarget!, isExact: true, ref links, out lost);
                if (target is null)
                    lost = lost.After($"'{path}' is a soft link to '{link.Link.Target}', and ");
                return target is null ? null : target with { Path = path };
            case Hdf5LinkKind.External:
                return Elsewhere(holder, path, link, ref links, out lost);
            default:
                lost = new Lost($"'{path}' is a link of a kind that a program made for itself");
                return null;
        }
    }

    private static PathEnd? Elsewhere(PathEnd holder, string path, LinkEntry entry, ref int links, out Lost lost)
    {
        Hdf5Link link = entry.Link;
        string says = $"'{path}' is an external link to '{link.Target}' in the file '{link.TargetFile}'";
        FileStructure? other;
        try
        {
            other = holder.Structure.Others.Find(link.TargetFile!, holder.Structure, out string sought);
            lost = new Lost($"{says}, which isn't there; it was looked for as {sought}");
        }
        catch (UnauthorizedAccessException refused)
        {
            lost = new Lost($"{says}, which isn't followed. {refused.Message.TrimEnd('.')}", refused);
            return null;
        }

        if (other is null)
            return null;
        // The target is a path from that file's root, with a slash before it or without.
        PathEnd? target = Follow(PathEnd.RootOf(other), entry.ExactTarget!, isExact: true, ref links, out lost);
        if (target is null)
            lost = lost.After($"{says}, and there ");
        return target;
    }

    private static string Names(GroupLinks links)
    {
        const int shown = 10;
        string names = string.Join(", ", links.Links.Take(shown).Select(link => $"'{link.Name}'"));
        return links.Links.Count switch
        {
            0 => "nothing",
            <= shown => names,
            _ => $"{names} and {links.Links.Count - shown} more",
        };
    }
}

/// <summary>Where a path leads: an object of a file, which may be another than the one in which the path began, and its path there.</summary>
internal sealed record PathEnd(FileStructure Structure, ObjectHeader Header, string Path)
{
    public static PathEnd RootOf(FileStructure structure) => new(structure, structure.Root, "/");
}

/// <summary>Why a path leads nowhere.</summary>
/// <param name="Words">Says it.</param>
/// <param name="Refused">Set where it leads to a file that may not be read.</param>
internal readonly record struct Lost(Func<string> Words, UnauthorizedAccessException? Refused = null)
{
    public Lost(string reason, UnauthorizedAccessException? refused = null)
        : this(() => reason, refused)
    {
    }

    public string Reason => Words();

    public Lost After(string before)
    {
        Func<string> words = Words;
        return this with { Words = () => before + words() };
    }
}
