namespace Tessera.Hdf5Format;

/// <summary>The path of a group or dataset, in one spelling: <c>/cells/raw</c>, also where it is written <c>cells//raw/</c>.</summary>
internal static class ItemPath
{
    public const string Root = "/";

    /// <summary>The one spelling of a path.</summary>
    /// <exception cref="ArgumentException">It is empty, or can't be stored.</exception>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0'))
            throw new ArgumentException($"The path '{path.Replace('\0', '?')}' has a zero character, which names in HDF5 files can't have; leave it out.", nameof(path));
        return Root + string.Join('/', path.Split('/').Where(name => name is not ("" or ".")));
    }

    /// <summary>The one spelling of a path to something that is made, which the root group never is.</summary>
    /// <exception cref="ArgumentException">It is empty, the root group, or can't be stored.</exception>
    public static string OfNew(string path)
    {
        string item = Of(path);
        return item != Root ? item : throw new ArgumentException($"The path '{path}' is the root group, which every file has; name what is to be written: '/data', say.", nameof(path));
    }

    /// <summary>The groups above an item, outermost first, without the root: /a and /a/b for /a/b/c.</summary>
    public static IEnumerable<string> Above(string item)
    {
        for (int slash = item.IndexOf('/', 1); slash > 0; slash = item.IndexOf('/', slash + 1))
            yield return item[..slash];
    }
}
