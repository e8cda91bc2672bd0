using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>One of several arrays that go into one file, each as a dataset of its own.</summary>
/// <example><code>
/// Hdf5.Save("cells.h5", [Hdf5Output.Of("/mean", cells.Mean(axis: 0)), Hdf5Output.Of("/max", cells.Max(axis: 0))]);
/// </code></example>
public sealed class Hdf5Output
{
    private readonly Func<IBlockSink, ArrayOutput> _to;

    private Hdf5Output(string dataset, ElementType elementType, Shape shape, Hdf5SaveOptions options, Func<IBlockSink, ArrayOutput> to) =>
        (Dataset, ElementType, Shape, Options, _to) = (dataset, elementType, shape, options, to);

    /// <summary>The path of the dataset in the file.</summary>
    public string Dataset { get; }

    /// <summary>How it is stored.</summary>
    public Hdf5SaveOptions Options { get; }

    internal ElementType ElementType { get; }

    internal Shape Shape { get; }

    /// <summary>An array and where it goes.</summary>
    /// <param name="dataset">The path of the dataset in the file; groups above it are made.</param>
    /// <param name="array">What it holds.</param>
    /// <param name="options">How it is stored; chunks without filters when left out.</param>
    /// <exception cref="ArgumentException">The path or the options don't fit; says which.</exception>
    /// <exception cref="NotSupportedException">A dataset can't hold such an array.</exception>
    public static Hdf5Output Of<T>(string dataset, ChunkedArray<T> array, Hdf5SaveOptions? options = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        options ??= new Hdf5SaveOptions();
        _ = ItemPath.OfNew(dataset);
        var layout = new DatasetLayout(array.ElementType, array.Shape, options, array.Chunks); // refuses before any file is touched
        _ = WriteSession.AttributesOf(options); // as does this
        if (layout.IsChunked)
            options = options with { StorageChunks = layout.Chunk };
        return new Hdf5Output(dataset, array.ElementType, array.Shape, options, sink => ArrayOutput.Of(array, sink));
    }

    /// <summary>The array on its way to a sink.</summary>
    internal ArrayOutput To(IBlockSink sink) => _to(sink);
}
