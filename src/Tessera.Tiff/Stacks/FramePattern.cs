using System.IO.Enumeration;

namespace Tessera.TiffFormat;

/// <summary>
/// Finds the files that a pattern names: <c>*</c> and <c>?</c> within a name, <c>**</c> for any number of folders. A path without any of
/// them is itself. Names that begin with a dot are hidden, as in shells: <c>**</c> passes such folders over, and other names with wildcards
/// stand for them only if they begin with a dot too. On Windows case is ignored.
/// </summary>
internal static class FramePattern
{
    private static readonly EnumerationOptions Plain = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>The files, each once, in <see cref="NaturalOrder"/> of their paths.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static IReadOnlyList<string> Find(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        if (!HasWildcard(pattern))
            return File.Exists(pattern) ? [pattern] : throw NothingAt(pattern);

        string root = Path.GetPathRoot(pattern)!;
        string[] names = pattern[root.Length..].Split(['/', Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        string[] found = [.. Match(root, names).Distinct().Order(NaturalOrder.Instance)];
        return found.Length > 0 ? found : throw new FileNotFoundException(
            $"No file matches '{pattern}'{LookedFrom(pattern)}. * and ? stand for characters of a name, ** for any number of folders; names that begin with a dot are left out unless the pattern's begins with one{Others(pattern)}.", pattern);
    }

    private static FileNotFoundException NothingAt(string path)
    {
        string what = Directory.Exists(path) ? $"it is a folder; give a pattern such as '{path.TrimEnd('/')}/*.tif'" : $"there is no such file{LookedFrom(path)}";
        return new FileNotFoundException($"'{path}' was to be opened as an image stack, and {what}{Others(path)}.", path);
    }

    private static string LookedFrom(string path) => Path.IsPathFullyQualified(path) ? "" : $" (looked for from the folder '{Directory.GetCurrentDirectory()}')";

    /// <summary>Shells and other libraries have more wildcards than these.</summary>
    private static string Others(string pattern) =>
        pattern.AsSpan().IndexOfAny("[]{}") < 0 ? "" : "; [, ], { and } stand for themselves, for only *, ? and ** are wildcards";

    /// <summary>Snapshots of file servers, what macOS puts beside files on other disks: they are there, and nobody means them.</summary>
    private static bool IsHidden(string path) => Path.GetFileName(path.AsSpan()).StartsWith('.');

    private static IEnumerable<string> Match(string folder, ReadOnlyMemory<string> names)
    {
        string name = names.Span[0];
        ReadOnlyMemory<string> rest = names[1..];
        if (name == "**")
        {
            // ** alone at the end means every file below, as **/* does.
            IEnumerable<string> here = Match(folder, rest.IsEmpty ? new[] { "*" } : rest);
            return here.Concat(Folders(folder).Where(inner => !IsHidden(inner) && IsNoLink(inner)).SelectMany(inner => Match(inner, names)));
        }

        if (!HasWildcard(name))
        {
            string path = Path.Combine(folder, name);
            return rest.IsEmpty ? (File.Exists(path) ? [path] : []) : (Directory.Exists(path) ? Match(path, rest) : []);
        }

        return rest.IsEmpty
            ? Directory.EnumerateFiles(Enterable(folder), "*", Plain).Where(path => Fits(name, path)).Select(path => Named(folder, path))
            : Folders(folder).Where(path => Fits(name, path)).SelectMany(path => Match(path, rest));
    }

    private static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(Enterable(folder), "*", Plain).Select(path => Named(folder, path));

    /// <summary>A link may lead back up, and ** would then go round for ever.</summary>
    private static bool IsNoLink(string folder) => !new DirectoryInfo(folder).Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>Relative patterns give relative paths, without "./" before them.</summary>
    private static string Named(string folder, string path) => Path.Combine(folder, Path.GetFileName(path));

    private static string Enterable(string folder) => folder.Length > 0 ? folder : ".";

    private static bool Fits(string name, string path) =>
        (name[0] == '.' || !IsHidden(path)) &&
        FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(path.AsSpan()), ignoreCase: OperatingSystem.IsWindows());

    private static bool HasWildcard(string text) => text.AsSpan().IndexOfAny('*', '?') >= 0;
}
