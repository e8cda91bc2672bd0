
namespace Tessera.Hdf5Format.Tests;

/// <summary>What a virtual dataset says that reading takes, where its sources differ.</summary>
[Collection(nameof(Alone))] // what is rented is told to listeners, at the cost of all who rent
public sealed class SourceBytesTests : IDisposable
{
    private const int Width = 100_000;

    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Working_bytes_are_those_of_the_sources_that_a_box_touches()
    {
        RentedPeak.Check();
        Save("small.h5", [1, 1000]);
        Save("large.h5", [4, Width]);
        using ReadOnlyFile file = new(_folder.PathOf("small.h5"), OpenFiles.Shared);
        VirtualReader reader = ReaderOf(file, ["small.h5", "large.h5", "missing.h5"]);
        long small = Said(first: 0), large = Said(first: 4), missing = Said(first: 8);
        Assert.InRange(small, 1, 200 << 10);
        Assert.InRange(large, 4 * Width * sizeof(int), long.MaxValue);
        Assert.Equal(0, missing);
        Assert.Equal(large, reader.WorkingBytes(new Region([3, 0], [6, 10])));

        long Said(long first)
        {
            var box = new Region([first + 1, 700], [2, 500]);
            var elements = new byte[box.Length * sizeof(int)];
            reader.Read(box, elements, TestContext.Current.CancellationToken); // what is kept of a file is read with the first
            long took = RentedPeak.Of(() => reader.Read(box, elements, TestContext.Current.CancellationToken));
            Assert.True(took <= reader.WorkingBytes(box), $"{took} bytes were rented for {box}, and {reader.WorkingBytes(box)} were said.");
            return reader.WorkingBytes(box);
        }
    }

    /// <summary>A plan opens a few hundred of them, and no more.</summary>
    [Fact]
    public void Of_very_many_sources_some_stand_for_all()
    {
        Save("small.h5", [1, 1000]);
        Save("large.h5", [4, Width]);
        using ReadOnlyFile file = new(_folder.PathOf("small.h5"), OpenFiles.Shared);
        VirtualReader reader = ReaderOf(file, ["small.h5", .. Enumerable.Range(0, 1000).Select(i => $"missing{i}.h5"), "large.h5"]);
        Assert.InRange(reader.WorkingBytes(new Region([0, 0], [1, 10])), 4 * Width * sizeof(int), long.MaxValue);
        Assert.Equal(0, reader.WorkingBytes(new Region([0, 0], [0, 10])));
    }

    private void Save(string name, Shape chunks) => ChunkedArray.Zeros<int>([4, Width])
        .SaveHdf5(_folder.PathOf(name), "/x", new Hdf5SaveOptions { StorageChunks = chunks, Compression = Hdf5Compression.Gzip });

    /// <summary>Four rows of each file.</summary>
    private VirtualReader ReaderOf(ReadOnlyFile file, string[] sources)
    {
        VirtualPiece[] pieces = [.. sources.Select((source, i) => new VirtualPiece(
            source, "/x", new WholeSelection(), new BoxSelection([new AxisSelection(4 * i, 4, 4, 4), AxisSelection.Whole(Width)]), [4 * i, 0], [(4 * i) + 4, Width]))];
        using Hdf5File opened = Hdf5File.Open(file.Path);
        Hdf5Type type = opened.Dataset("/x").Type;
        var map = new VirtualMap(pieces, [4 * pieces.Length, Width], new PieceSearch(pieces), []);
        var structure = new FileStructure(file, new OtherFiles(file.Path, new Hdf5OpenOptions()));
        return new VirtualReader(structure, map, type, type.Format!, new FillValue([], type.Format!));
    }
}
