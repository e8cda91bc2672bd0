namespace Tessera.Hdf5Format.Tests;

/// <summary>Files that h5py and Tessera write in turn.</summary>
public sealed class InTurnTests : IDisposable
{
    private static readonly string[] Kinds = ["plain", "gzip", "gzipshuffle", "fletcher", "gzfl", "lzf", "fill", "two", "empty", "holes"];

    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Datasets_of_h5py_are_made_longer_or_refused_and_left_as_they_are()
    {
        Python.Run("appending.py", "make", _folder.Path);
        ChunkedArray<int> more = ChunkedArray.FromFunction<int>(i => 1000 + (int)(i[0] * 7 + i[1]), [6, 7]);
        foreach (string file in new[] { "earliest.h5", "latest.h5", "user.h5", "track.h5" })
        {
            string path = _folder.PathOf(file);
            foreach (string kind in Kinds)
                more.AppendHdf5(path, kind);
            more.Cast<float>().AppendHdf5(path, "f4");
            (more > 1010).AppendHdf5(path, "bool");
            Assert.Throws<NotSupportedException>(() => more.AppendHdf5(path, "scale"));
            Assert.Throws<ArgumentException>(() => more.AppendHdf5(path, "big"));
        }

        Assert.Equal("same", Python.Run("appending.py", "check", _folder.Path));
    }

    [Theory]
    [InlineData(Hdf5Compression.None)]
    [InlineData(Hdf5Compression.Gzip)]
    [InlineData(Hdf5Compression.Lzf)]
    public void Behind_the_end_of_a_dataset_h5py_finds_zeros_when_it_makes_that_larger(Hdf5Compression compression)
    {
        foreach (bool latest in new[] { false, true })
        {
            string path = _folder.PathOf($"{compression}-{latest}.h5");
            var options = new Hdf5SaveOptions { Compression = compression, StorageChunks = [4, 16], MaxShape = [null, null], LatestFormat = latest };
            (new ChunkedRandom(seed: 3).Integers(0, 1000, [5, 23]) + 1).Cast<int>().SaveHdf5(path, "/x", options);
            Assert.Equal("0", Python.Run("appending.py", "grow", path, "x"));
        }
    }
}
