using System.Numerics.Tensors;

namespace Tessera;

/// <summary>Reading and writing single TIFF images as tensors. For many frames at once see <see cref="ImageStack"/>.</summary>
public static class Tiff
{
    /// <summary>Reads one page of a TIFF file.</summary>
    /// <typeparam name="T">The type of a sample. It must be the one that the file holds; <see cref="bool"/> for one bit a pixel, where true is white.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="page">Which page, from 0.</param>
    /// <returns>The samples, (height, width) or (height, width, samples).</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The file has no such page.</exception>
    /// <exception cref="InvalidDataException">The file holds another type, is damaged, or uses something that isn't read.</exception>
    public static Tensor<T> Read<T>(string path, int page = 0)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page);
        using TiffFile file = TiffFile.Open(path, mostPages: page < int.MaxValue ? page + 1 : page);
        if (page >= file.Pages.Count)
            throw new ArgumentOutOfRangeException(nameof(page), $"Page {page} was asked for; '{path}' has {file.Pages.Count}, counted from 0.");
        return file.Pages[page].Read<T>();
    }
}
