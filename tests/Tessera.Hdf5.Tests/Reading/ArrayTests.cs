namespace Tessera.Hdf5Format.Tests;

/// <summary>Datasets as lazy arrays, through the engine.</summary>
public sealed class ArrayTests(ReferenceArrays reference)
{
    [Theory]
    [InlineData("shapes-new.h5", "/fixed/3-6")]
    [InlineData("shapes-new.h5", "/contiguous/3-6")]
    [InlineData("shapes-old.h5", "/extensible/3-6")]
    public void An_array_is_the_same_for_every_chunking(string name, string path)
    {
        using Hdf5File file = Open(name);
        Hdf5Dataset dataset = file.Dataset(path);
        double[] whole = [.. dataset.Array<double>(convert: true).Compute().ToArray()];
        Assert.Equal(6 * 7 * 8, whole.Length);

        Chunks[] cuts = [default, [6, 7, 8], [1, 1, 1], [4, 3, 5], [2, 7, 3]];
        foreach (Chunks chunks in cuts)
        {
            ChunkedArray<double> array = dataset.Array<double>(chunks, convert: true);
            Assert.Equal(whole, array.Compute().ToArray());
            Assert.Equal(whole.Sum(), array.Sum().Compute(), 1e-6);
            Assert.Equal(array[2..5, .., 3].Compute().ToArray(), dataset.Array<double>(convert: true)[2..5, .., 3].Compute().ToArray());
        }
    }

    [Fact]
    public void Another_type_is_refused_with_what_to_write_and_converted_on_demand()
    {
        using Hdf5File file = Open("types-new.h5");
        string says = Assert.Throws<InvalidOperationException>(() => file.Array<float>("/contiguous/i2be")).Message;

        Assert.Contains("int16, big-endian", says, StringComparison.Ordinal);
        Assert.Contains("Array<short>(…)", says, StringComparison.Ordinal);
        Assert.Contains("convert: true", says, StringComparison.Ordinal);
        Assert.Contains("/contiguous/i2be", says, StringComparison.Ordinal);
        Assert.Equal(
            file.Array<short>("/contiguous/i2be").Compute().ToArray().Select(value => (float)value), file.Array<float>("/contiguous/i2be", convert: true).Compute().ToArray());
        Assert.Equal(file.Array<Half>("/contiguous/f2be").Compute().ToArray().Select(value => (float)value), file.Array<float>("/contiguous/f2be").Compute().ToArray());
        foreach (Hdf5Dataset dataset in file.Group("chunked").Datasets)
            Assert.Equal(17 * 11, dataset.Read<double>(convert: true).FlattenedLength);
    }

    [Fact]
    public void A_dataset_says_its_sizes_and_how_far_they_may_grow()
    {
        using Hdf5File file = Open("changed-new.h5");
        Hdf5Dataset grown = file.Dataset("tree0/grown"), fixedSizes = file.Dataset("fixed0/shrunk");

        Assert.Equal([50L, 33], grown.Shape!.Value);
        Assert.Equal([null, null], grown.MaxShape);
        Assert.Equal([9L, 10], fixedSizes.Shape!.Value);
        Assert.Equal([60, 40], fixedSizes.MaxShape);
        Assert.Equal([7L, 9], grown.StorageChunks!.Value);
        Assert.Equal(Hdf5Layout.Chunked, grown.Layout);
    }

    [Fact]
    public void A_scalar_and_empty_arrays_are_arrays_too()
    {
        using Hdf5File file = Open("shapes-old.h5");
        Assert.Equal(0, file.Array<double>("scalar").Shape.Rank);
        Assert.Equal(1, file.Array<double>("scalar").Compute().FlattenedLength);
        Assert.Equal([3L, 0, 5], file.Array<int>("empty3").Shape);
        Assert.Equal(0, file.Array<int>("empty3").Compute().FlattenedLength);
        Assert.Equal(0, file.Array<int>("empty1").Sum().Compute());
        Assert.All(file.Array<int>("notwritten").Compute().ToArray(), element => Assert.Equal(0, element));
    }

    [Fact]
    public void A_folder_a_text_and_no_file_are_told_apart()
    {
        using var folder = new TestFolder();
        Assert.Throws<FileNotFoundException>(() => Hdf5File.Open(folder.PathOf("none.h5")));
        Assert.Throws<FileNotFoundException>(() => Hdf5File.Open(folder.PathOf("no/none.h5")));
        Assert.Contains("not an HDF5 file but empty", Refused([]), StringComparison.Ordinal);
        Assert.Contains("not an HDF5 file but a ZIP archive", Refused([.. "PK"u8, 3, 4, .. new byte[600]]), StringComparison.Ordinal);
        Assert.Contains("begins with 68656C6C6F", Refused([.. "hello"u8]), StringComparison.Ordinal);
        Assert.Contains("a MATLAB 5 file; MATLAB writes HDF5 with save(…, '-v7.3')", Refused([.. "MATLAB 5.0 MAT-file, Platform: GLNXA64"u8, .. new byte[200]]), StringComparison.Ordinal);
        Assert.Contains("a netCDF 3 file; netCDF 4 is HDF5", Refused([.. "CDF"u8, 2, .. new byte[60]]), StringComparison.Ordinal);
        Assert.Contains("an HDF4 file, an older format", Refused([0x0E, 3, 0x13, 1, .. new byte[60]]), StringComparison.Ordinal);
        Assert.Contains("a TIFF file; open it with Tessera.Tiff", Refused([.. "II"u8, 42, 0, 8, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("gzip; unpack it first", Refused([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("git lfs pull", Refused([.. "version https://git-lfs.github.com/spec/v1"u8]), StringComparison.Ordinal);
        Assert.Contains("it is a folder.", Assert.Throws<IOException>(() => Hdf5File.Open(folder.Path)).Message, StringComparison.Ordinal);
        folder.Put("cells.zarr/.zgroup", [.. "{}"u8]);
        Assert.Contains("a Zarr array or group", Assert.Throws<IOException>(() => Hdf5File.Open(folder.PathOf("cells.zarr"))).Message, StringComparison.Ordinal);

        string Refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => Hdf5File.Open(folder.Put("a.h5", bytes))).Message;
    }

    private Hdf5File Open(string name)
    {
        Assert.NotEmpty(reference.Cases);
        return Hdf5File.Open(reference.PathOf(name));
    }
}
