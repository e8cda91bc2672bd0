using System.IO.Compression;
using static Tessera.Hdf5Format.Tests.HostileBuilder;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Files made to harm: structures in circles, sizes that no memory holds, small pieces that claim to be large ones.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const long MostAllocated = 100 << 20;

    private readonly TestFolder _folder = new();
    private readonly HostileBuilder _build = new();
    private readonly long _before = GC.GetAllocatedBytesForCurrentThread();

    public void Dispose()
    {
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - _before, 0, MostAllocated);
        _folder.Dispose();
    }

    [Fact]
    public void A_header_that_continues_in_itself_is_refused()
    {
        long root = _build.End;
        _build.Header((MessageKind.Continuation, [.. Number(root + 16, 8), .. Number(24, 8)]));
        Refuses(() => Open(_build.Build(root)).Root, "twice");
    }

    [Fact]
    public void Thousands_of_continuations_that_overlap_are_refused()
    {
        const int Count = 3000;
        long root = _build.End;
        _build.Header([.. Enumerable.Range(0, Count).Select(i => (MessageKind.Continuation, (byte[])[.. Number(root + 16 + 24 * (i % Count), 8), .. Number(24 * (Count - i), 8)]))]);
        Refuses(() => Open(_build.Build(root)).Root, "overlap");
    }

    [Fact]
    public void A_group_within_itself_is_walked_once()
    {
        long inner = _build.End;
        _build.Header(LinkTable, Link("self", inner), Link("again", inner));
        using Hdf5File file = Open(_build.Build(("a", inner), ("b", inner)));

        Assert.Equal(["/a"], file.Root.Descendants().Select(item => item.Path));
        Assert.Equal("/a" + string.Concat(Enumerable.Repeat("/self", 1000)), file["/a" + string.Concat(Enumerable.Repeat("/self", 1000))].Path);
    }

    [Fact]
    public void Thousands_of_groups_within_each_other_are_walked()
    {
        const int Depth = 3000;
        long group = _build.Header(LinkTable, Attribute("to", ReferenceType, [], Number(_build.End, 8)));
        for (int i = 0; i < Depth; i++)
            group = _build.Header(LinkTable, Link("g", group));
        using Hdf5File file = Open(_build.Build(("top", group)));
        Assert.Equal(Depth + 1, Depths(file.Root));
        Hdf5Object deepest = file["/top" + string.Concat(Enumerable.Repeat("/g", Depth))];
        Assert.Equal(deepest.Path, deepest.Attributes["to"].Read<Hdf5Reference>().Path);
    }

    [Fact]
    public void A_soft_link_with_thousands_of_names_is_refused_or_followed()
    {
        long group = _build.Header(LinkTable, Soft("s", string.Concat(Enumerable.Repeat("s/", 30_000))));
        using Hdf5File file = Open(_build.Build(("a", group)));
        Assert.Contains("more than 16", Assert.Throws<KeyNotFoundException>(() => file["/a/s"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_of_more_elements_than_there_are_is_read_in_a_corner_or_refused()
    {
        long[] huge = [1L << 20, 1L << 20, 1L << 18];
        using Hdf5File file = Open(_build.Build(
            ("unwritten", _build.Dataset(huge, Int32Type, Contiguous(-1, 0))),
            ("written", _build.Dataset(huge, Int32Type, Contiguous(0, 1L << 60))),
            ("more", _build.Dataset([1L << 30, 1L << 30, 16], Int32Type, Contiguous(0, 1L << 60)))));

        Assert.Equal([0, 0], file.Array<int>("unwritten", convert: false)[0, 0, 0..2].Compute().ToArray());
        Refuses(() => file.Dataset("written").Source().Read(new Region([1, 0, 0], [1, 1, 2])), "truncated or damaged");
        Refuses(() => file["more"], "more elements than any file holds");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_small_file_with_a_chunk_of_gigabytes_is_refused_before_memory_is_taken(bool filtered)
    {
        long data = _build.Add(new byte[100]);
        long[] shape = [(1L << 31) - 8];
        byte[] layout = SingleChunk(shape, 1, data, filtered ? 100 : 0);
        using Hdf5File file = Open(_build.Build(("a", filtered ? _build.Dataset(shape, ByteType, layout, Gzip) : _build.Dataset(shape, ByteType, layout))));
        Refuses(() => file.Dataset("a").Source().Read(new Region([5], [3])), filtered ? "can't become" : "and the file has");
    }

    [Fact]
    public void A_chunk_that_inflates_to_more_than_it_has_is_refused()
    {
        using var bomb = new MemoryStream();
        using (var zlib = new ZLibStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(new byte[50 << 20]);
        long data = _build.Add(bomb.ToArray());
        using Hdf5File file = Open(_build.Build(("a", _build.Dataset([100_000], ByteType, SingleChunk([100_000], 1, data, bomb.Length), Gzip))));
        Refuses(() => file.Dataset("a").Source().ReadAll(), "more than the 100000 bytes");
    }

    [Fact]
    public void Texts_that_are_all_the_same_large_one_are_refused()
    {
        const int Count = 10_000;
        long text = _build.Collection(new byte[1 << 20]);
        byte[] texts = [.. Enumerable.Range(0, Count).SelectMany(_ => (byte[])[.. Number(1 << 20, 4), .. Number(text, 8), .. Number(1, 4)])];
        long data = _build.Add(texts);
        using Hdf5File file = Open(_build.Build(("a", _build.Dataset([Count], TextType, Contiguous(data, texts.Length)))));
        Refuses(() => file.Dataset("a").ReadValue(), "again and again");
    }

    [Fact]
    public void Sequences_within_sequences_that_are_all_the_same_are_refused()
    {
        // Each level refers 200 times to the next one: 200 to the power of 6.
        byte[] type = ByteType;
        long next = _build.Collection(new byte[200]);
        for (int level = 0; level < 6; level++)
        {
            type = Sequence(type);
            long here = next;
            next = _build.Collection([.. Enumerable.Range(0, 200).SelectMany(_ => (byte[])[.. Number(200, 4), .. Number(here, 8), .. Number(1, 4)])]);
        }

        long group = _build.Header(LinkTable, Attribute("a", Sequence(type), [], [.. Number(200, 4), .. Number(next, 8), .. Number(1, 4)]));
        using Hdf5File file = Open(_build.Build(("g", group)));
        Exception refused = Assert.ThrowsAny<Exception>(() => file["g"].Attributes["a"].Value);
        Assert.True(refused is InvalidDataException or NotSupportedException, refused.ToString());
    }

    [Fact]
    public void Types_nested_too_deep_are_refused()
    {
        byte[] type = ByteType;
        for (int i = 0; i < 2000; i++)
            type = Sequence(type);
        using Hdf5File file = Open(_build.Build(("a", _build.Dataset([1], type, Contiguous(-1, 0)))));
        Refuses(() => file["a"], "nested more than");
    }

    [Fact]
    public void Members_that_all_lie_on_the_same_bytes_are_refused()
    {
        // 500 members that are each all of 60,000 bytes: 30 MB of objects an element.
        byte[] array = [0x3A, 0, 0, 0, .. Number(60_000, 4), 1, .. Number(60_000, 4), .. ByteType];
        byte[] members = [.. Enumerable.Range(0, 500).SelectMany(i => (byte[])[(byte)('a' + i % 26), (byte)('a' + i / 26), 0, 0, 0, .. array])];
        byte[] type = [0x36, .. Number(500, 2), 0, .. Number(60_000, 4), .. members];
        using Hdf5File file = Open(_build.Build(("a", _build.Dataset([10], type, Contiguous(-1, 0)))));
        Refuses(() => file.Dataset("a").ReadValue(), "they overlap");
    }

    [Fact]
    public void A_header_of_as_many_messages_as_there_can_be_is_read()
    {
        long group = _build.Header([LinkTable, .. Enumerable.Range(0, 65_534).Select(i => (MessageKind.Nil, new byte[8]))]);
        using Hdf5File file = Open(_build.Build(("a", group)));
        Assert.Empty(file.Group("a").Links);
    }

    [Fact]
    public void A_value_with_an_axis_longer_than_arrays_can_be_is_refused()
    {
        long group = _build.Header(LinkTable, Attribute("a", Int32Type, [1L << 40, 0], []), Attribute("t", TextType, [0, 1L << 40], []));
        using Hdf5File file = Open(_build.Build(("g", group)));
        Assert.Throws<NotSupportedException>(() => file["g"].Attributes["a"].Value);
        Assert.Throws<NotSupportedException>(() => file["g"].Attributes["t"].Value);
    }

    [Fact]
    public void An_element_of_gigabytes_takes_no_memory_before_it_is_there()
    {
        byte[] opaque = [0x15, 0, 0, 0, .. Number(int.MaxValue, 4)];
        using Hdf5File file = Open(_build.Build(("none", _build.Dataset([0], opaque, Contiguous(-1, 0))), ("one", _build.Dataset([1], opaque, Contiguous(-1, 0)))));
        Assert.Empty((Array)file.Dataset("none").ReadValue()!);
        Assert.Throws<NotSupportedException>(() => file.Dataset("one").ReadValue());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a/b")]
    public void A_name_to_which_no_path_leads_is_refused(string name)
    {
        long group = _build.Header(LinkTable, Link(name, 48), Link("other", 48));
        using Hdf5File file = Open(_build.Build(("g", group)));
        Refuses(() => file.Group("g").Links, "to which no path can lead");
        Refuses(() => file.Root.Descendants().Count(), "to which no path can lead");
    }

    private static int Depths(Hdf5Group group)
    {
        int depth = 0;
        for (Hdf5Group? at = group; (at = at!.Groups.FirstOrDefault()) is not null; depth++)
        {
        }

        return depth;
    }

    private static void Refuses(Func<object?> read, string why)
    {
        Exception refused = Assert.ThrowsAny<Exception>(read);
        InvalidDataException damage = refused as InvalidDataException ?? Assert.IsType<InvalidDataException>(refused.InnerException);
        Assert.Contains(why, damage.Message, StringComparison.Ordinal);
    }

    private Hdf5File Open(byte[] file) => Hdf5File.Open(_folder.Put("hostile.h5", file));
}
