using Tessera.TiffFormat;

namespace Tessera;

/// <summary>
/// Many images of one shape and type as one lazy array of (frames, height, width), or (frames, height, width, samples). Opening reads the
/// headers of the files and no pixel.
/// </summary>
public static class ImageStack
{
    internal static IBlockSource Source<T>(string pattern) => StackOpening.Open(pattern, FramePattern.Find(pattern), ElementTypes.Of<T>());

    internal static IBlockSource Source<T>(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] files = [.. paths];
        if (files.Length == 0)
            throw new ArgumentException("An image stack was to be opened from no paths; give at least one.", nameof(paths));
        string name = files.Length == 1 ? files[0] : $"{files[0]} and {files.Length - 1} more";
        return StackOpening.Open(name, files, ElementTypes.Of<T>());
    }
}
