namespace Tessera.Hdf5Format.Tests;

/// <summary>Members of compounds, and arrays in elements, of virtual datasets whose sources take turns, and of which one is missing; names of sources.</summary>
public sealed class VirtualMemberTests(ReferenceOthers reference)
{
    [Theory]
    [InlineData("table", "id", 4)]
    [InlineData("table", "at.x", 4)]
    [InlineData("table", "at.y", 2)]
    [InlineData("table", "m", 2)]
    [InlineData("z", "r", 4)]
    [InlineData("z", "i", 4)]
    [InlineData("arrays", null, 4)]
    public void They_are_arrays_as_the_reference_library_reads_them(string path, string? member, int width)
    {
        using Hdf5File file = Open();
        byte[] expected = File.ReadAllBytes(reference.PathOf($"{path}.{member}.expected"));
        Hdf5Dataset dataset = file.Dataset(path);
        IBlockSource source = dataset.Source(member);
        Assert.Equal(expected, source.ReadAll());
        var random = new Random(3);
        for (int i = 0; i < 50; i++)
        {
            Region region = Boxes.Random(random, source.Shape);
            Assert.Equal(Boxes.Slice(expected, source.Shape, region, width), source.Read(region));
        }

        var value = (Array)dataset.ReadValue(member)!;
        var found = new byte[Buffer.ByteLength(value)];
        Buffer.BlockCopy(value, 0, found, 0, found.Length);
        Assert.Equal(expected, found);
        Assert.Equal(source.Shape.ToArray(), Enumerable.Range(0, value.Rank).Select(value.GetLongLength));
    }

    [Fact]
    public void They_are_the_same_in_worker_processes_and_as_values()
    {
        using Hdf5File file = Open();
        using WorkerPool pool = WorkerPool.Processes(2);
        ChunkedArray<short> array = file.Array<short>("table", member: "m");
        Assert.Equal([18L, 4, 2, 3], array.Shape);
        Assert.Equal(array.Compute().ToArray(), array.Compute(new ComputeOptions { Scheduler = Schedulers.Processes(pool) }).ToArray());

        var names = file.Dataset("table").ReadValue<string[,]>("name");
        Assert.Equal("cde ab none", $"{names[0, 0]} {names[1, 3]} {names[17, 3]}");
        var all = file.Dataset("table").ReadValue<IReadOnlyDictionary<string, object?>>();
        Assert.Equal(names, all["name"]);
        Assert.Equal(file.Dataset("table").ReadValue("at.x"), ((IReadOnlyDictionary<string, object?>)all["at"]!)["x"]);
    }

    [Fact]
    public void Arrays_of_other_numbers_than_the_sources_are_refused_by_name()
    {
        using Hdf5File file = Open();
        string says = Assert.Throws<NotSupportedException>(() => file.Dataset("other arrays").Source().ReadAll()).Message;
        Assert.Contains("into which they aren't converted", says, StringComparison.Ordinal);
        Assert.Contains("members-0.h5'", says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latin-1", 100)]
    [InlineData("utf-8", 200)]
    public void Sources_are_found_by_the_bytes_of_their_names(string path, int first)
    {
        using Hdf5File file = Open();
        Assert.Equal(Enumerable.Range(first, 6), file.Array<int>(path).Compute().ToArray());
    }

    private Hdf5File Open()
    {
        Assert.NotEmpty(reference.Cases);
        return Hdf5File.Open(reference.PathOf("members.h5"));
    }
}
