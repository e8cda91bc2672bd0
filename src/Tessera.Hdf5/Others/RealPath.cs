namespace Tessera.Hdf5Format;

/// <summary>Where a path leads in the end: links are followed, and each folder on the way is there.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as many as Linux follows

    private static readonly StringComparison Comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The place of a file or folder; null where there is none.</summary>
    /// <param name="path">A path, from the current folder if it is relative.</param>
    public static string? Of(string path)
    {
        string root = Path.GetPathRoot(path) ?? "";
        return root.Length > 0 ? Walk(Path.GetFullPath(root), path[root.Length..]) : Walk(Path.GetFullPath(Environment.CurrentDirectory), path);
    }

    /// <summary>The place of a file or folder, whose name is relative to a folder; null where there is none.</summary>
    public static string? Below(string folder, string name) => Walk(folder, name);

    /// <summary>Where a file would be that may not be there: links are followed in those of its folders that are.</summary>
    public static string Nearest(string path)
    {
        string full = Path.GetFullPath(path);
        for (string? above = Path.GetDirectoryName(full); above is not null; above = Path.GetDirectoryName(above))
        {
            if (Of(above) is { } place)
                return Path.Combine(place, Path.GetRelativePath(above, full));
        }

        return full;
    }

    /// <summary>Whether a place is a folder, or lies in it or below.</summary>
    public static bool IsWithin(string place, string folder)
    {
        string inside = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return place.StartsWith(inside, Comparison) || place.Equals(folder, Comparison);
    }

    private static string? Walk(string at, string rest)
    {
        var names = new Stack<string>();
        Push(names, rest);
        int links = 0;
        while (names.TryPop(out string? name))
        {
            if (name == "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }

            var next = new FileInfo(Path.Combine(at, name));
            if (next.LinkTarget is { } target)
            {
                if (++links > MostLinks)
                    return null;
                string root = Path.GetPathRoot(target) ?? "";
                at = root.Length > 0 ? Path.GetFullPath(root) : at;
                Push(names, target[root.Length..]);
                continue;
            }

            if (!next.Exists && !Directory.Exists(next.FullName))
                return null;
            at = next.FullName;
        }

        return at;
    }

    private static void Push(Stack<string> names, string path)
    {
        string[] parts = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] != ".")
                names.Push(parts[i]);
        }
    }
}
