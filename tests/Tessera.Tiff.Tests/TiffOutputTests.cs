using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

/// <summary>Several files of one run: all of them, or none.</summary>
public sealed class TiffOutputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_arrays_go_to_files_and_streams_in_one_run()
    {
        ChunkedArray<ushort> movie = Movie();
        var stream = new MemoryStream();
        ChunkedArray.SaveAll([
            TiffOutput.Of(_folder.PathOf("max.tif"), movie.Max(axis: 0)),
            TiffOutput.Of(_folder.PathOf("mean.tif"), movie.Mean(axis: 0), new TiffOptions { Compression = TiffCompression.Deflate, Predictor = TiffPredictor.FloatingPoint }),
            TiffOutput.Of(stream, movie.Min(axis: 0))]);

        stream.Position = 0;
        Assert.Equal(Pixels(movie.Max(axis: 0).Compute()), Pixels(Tiff.Read<ushort>(_folder.PathOf("max.tif"))));
        Assert.Equal(Pixels(movie.Mean(axis: 0).Compute()), Pixels(Tiff.Read<double>(_folder.PathOf("mean.tif"))));
        Assert.Equal(Pixels(movie.Min(axis: 0).Compute()), Pixels(Tiff.Read<ushort>(stream)));
    }

    [Fact]
    public void A_failure_leaves_all_files_as_they_were()
    {
        string old = _folder.Put("max.tif", [1, 2, 3]);
        ChunkedArray<ushort> broken = Movie() + ChunkedArray.FromDelayed(
            Delayed.Function((int n) => n > 0 ? throw new InvalidOperationException("No frame.") : new ushort[100], "failing")(1), [5, 10, 2]);

        Assert.Throws<ComputationException>(() => ChunkedArray.SaveAll([TiffOutput.Of(old, Movie().Max(axis: 0)), TiffOutput.Of(_folder.PathOf("b.tif"), broken)]));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(old));
        Assert.Equal([old], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_a_tiff_cannot_hold_is_refused_when_it_is_said()
    {
        Assert.Contains("(height, width)", Assert.Throws<NotSupportedException>(() => TiffOutput.Of("a.tif", ChunkedArray.Zeros<byte>([5]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("array", () => TiffOutput.Of<byte>("a.tif", null!));
        Assert.Throws<ArgumentException>("path", () => TiffOutput.Of("", ChunkedArray.Zeros<byte>([5, 5])));
    }

    private static ChunkedArray<ushort> Movie() =>
        ChunkedArray.From(Tensor.Create(Enumerable.Range(0, 100).Select(i => (ushort)(i * 37 % 101)).ToArray(), [5, 10, 2]), [1, 5, 2]);

    private static T[] Pixels<T>(Tensor<T> image)
    {
        var pixels = new T[image.FlattenedLength];
        image.FlattenTo(pixels);
        return pixels;
    }
}
