namespace Tessera.Hdf5Format;

/// <summary>
/// Follows a path from the root: name by name, soft links included, whose targets are paths from the root or from the group that holds them.
/// </summary>
internal static class PathWalk
{
    private const int MostSoftLinks = 16; // as many as the reference library follows

    /// <summary>The object at a path; null, and a reason, where there is none.</summary>
    /// <param name="structure">The file.</param>
    /// <param name="start">The group at which a relative path begins.</param>
    /// <param name="group">The path of that group.</param>
    /// <param name="path">Names with slashes between; a leading one means the root.</param>
    /// <param name="reason">Why there is nothing.</param>
    public static ObjectHeader? Find(FileStructure structure, ObjectHeader start, string group, string path, out string reason)
    {
        int softLinks = 0;
        return Follow(structure, start, group == "/" ? "" : group, path, isExact: false, ref softLinks, out reason);
    }

    /// <summary>A path from the root, as "/Control/raw"; the root is "/".</summary>
    public static string Full(string group, string path)
    {
        string below = string.Join('/', Names(path));
        return path.StartsWith('/') || group == "/" ? $"/{below}" : below.Length == 0 ? group : $"{group}/{below}";
    }

    private static IEnumerable<string> Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".");

    private static ObjectHeader? Follow(FileStructure structure, ObjectHeader start, string group, string path, bool isExact, ref int softLinks, out string reason)
    {
        reason = "";
        (ObjectHeader at, string here) = path.StartsWith('/') ? (structure.Root, "") : (start, group);
        foreach (string name in Names(path))
        {
            if (!GroupLinks.IsGroup(at))
            {
                reason = $"'{here}' is a dataset, which has nothing below it";
                return null;
            }

            GroupLinks links = structure.LinksOf(at);
            if (!links.TryGet(name, out LinkEntry link, isExact))
            {
                reason = $"{(here.Length == 0 ? "the root" : $"the group '{here}'")} has no '{name}' but {Names(links)}";
                return null;
            }

            ObjectHeader? next = Target(structure, at, here, link, ref softLinks, out reason);
            if (next is null)
                return null;
            (at, here) = (next, $"{here}/{name}");
        }

        return at;
    }

    private static ObjectHeader? Target(FileStructure structure, ObjectHeader holder, string group, LinkEntry link, ref int softLinks, out string reason)
    {
        reason = "";
        switch (link.Link.Kind)
        {
            case Hdf5LinkKind.Hard:
                return structure.HeaderAt(link.Address);
            case Hdf5LinkKind.Soft when ++softLinks > MostSoftLinks:
                reason = $"more than {MostSoftLinks} soft links lead on from one another, the last of them '{group}/{link.Link.Name}'";
                return null;
            case Hdf5LinkKind.Soft:
                ObjectHeader? target = Follow(structure, holder, group, link.ExactTarget!, isExact: true, ref softLinks, out reason);
                reason = target is null ? $"'{group}/{link.Link.Name}' is a soft link to '{link.Link.Target}', and {reason}" : "";
                return target;
            case Hdf5LinkKind.External:
                reason = $"'{group}/{link.Link.Name}' is an external link to '{link.Link.Target}' in the file '{link.Link.TargetFile}', which isn't followed; open that file";
                return null;
            default:
                reason = $"'{group}/{link.Link.Name}' is a link of a kind that a program made for itself";
                return null;
        }
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
