using Microsoft.Win32.SafeHandles;

namespace Tessera.Hdf5Format;

/// <summary>What a file was when it was copied, so that changes which others made to it meanwhile aren't thrown away.</summary>
/// <param name="Path">The file.</param>
/// <param name="Exists">Whether there was one.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Made">When it was made, which tells a file from another that took its place; where the file system knows.</param>
/// <param name="Written">When it was last written to.</param>
internal sealed record FileVersion(string Path, bool Exists, long Length, DateTime Made, DateTime Written)
{
    public static FileVersion Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileVersion(path, true, file.Length, file.CreationTimeUtc, file.LastWriteTimeUtc) : new FileVersion(path, false, 0, default, default);
    }

    /// <summary>The file that a path leads to, over links, so that it is replaced and not the link.</summary>
    public static string TargetOf(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;

    /// <summary>Checks that the file is still the one that was copied.</summary>
    public void RequireUnchanged(string name)
    {
        if (Of(Path) != this)
            throw Changed(name);
    }

    /// <summary>Checks that a path still leads to a file that is open, and not to another that has taken its name.</summary>
    public static void RequireSame(SafeFileHandle open, string path)
    {
        FileVersion named = Of(TargetOf(path));
        if (!named.Exists || named.Length != RandomAccess.GetLength(open) || named.Made != File.GetCreationTimeUtc(open))
            throw new IOException($"'{path}' was replaced by another file while it was changed in place; what was changed is in the file that had the name before, and gone with it. Change it again, one after the other.");
    }

    /// <summary>What is thrown where it isn't.</summary>
    public static IOException Changed(string name, Exception? cause = null) =>
        new($"'{name}' was changed by others while it was added to; it is left as they made it, and nothing was added. Add again, one after the other.", cause);
}
