namespace Tessera.Hdf5Format.Tests;

/// <summary>Groups and the links between them, in every style in which files hold them.</summary>
public sealed class LinkTests(ReferenceValues reference)
{
    public static TheoryData<string> Files() => ["links-old.h5", "links-v108.h5", "links-new.h5", "links-block.h5", "links-blocknew.h5", "links-tracked.h5"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Groups_list_all_their_members(string name)
    {
        using Hdf5File file = reference.Open(name);
        foreach (int count in new[] { 30, 2500 })
        {
            IReadOnlyList<Hdf5Link> links = file.Group($"of {count}").Links;
            IEnumerable<string> made = Enumerable.Range(0, count).Select(i => $"{i * 7919 % count}");
            Assert.Equal(name.Contains("tracked", StringComparison.Ordinal) ? made : made.Order(StringComparer.Ordinal), links.Select(link => link.Name));
            Assert.All(links, link => Assert.Equal(Hdf5LinkKind.Hard, link.Kind));
        }

        Assert.Equal(2500, file.Group("of 2500").Groups.Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Soft_links_lead_to_what_they_name(string name)
    {
        using Hdf5File file = reference.Open(name);
        long[] five = [5];

        Assert.Equal(five, file.Array<long>("/soft/absolute/deeper/data").Compute().ToArray());
        Assert.Equal(five, file.Array<long>("soft/relative/deeper/data").Compute().ToArray());
        Assert.Equal(five, ((Hdf5Dataset)file.Group("soft")["chain/deeper/data"]).Read<long>().ToArray());
        Assert.Equal(five, file.Array<long>("/tree/g9/same data").Compute().ToArray());
        Assert.Equal(five, file.Array<long>("/tree/g3/again/g3/again/g5/deep/deeper/./data").Compute().ToArray());
        Assert.Equal(
            ["about Soft round ", "absolute Soft /tree/g5/deep ", "below Soft ../soft ", "chain Soft absolute ", "dangling Soft /tree/nothing ", "outside External /there/it/is other.h5", "relative Soft chain ", "round Soft about "],
            file.Group("soft").Links.OrderBy(link => link.Name, StringComparer.Ordinal).Select(link => $"{link.Name} {link.Kind} {link.Target} {link.TargetFile}"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Paths_that_lead_nowhere_say_why(string name)
    {
        using Hdf5File file = reference.Open(name);

        Says("/tree/g4", "'/tree' has no 'g4' but", "'g5'");
        Says("/of 2500/x", "and 2490 more");
        Says("/soft/dangling", "'/soft/dangling' is a soft link to '/tree/nothing', and the group '/tree' has no 'nothing'");
        Says("/soft/round", "more than 16 soft or external links");
        Says("/soft/outside", "'other.h5'", "'/there/it/is'", "isn't there", $"'{reference.PathOf("other.h5")}'");
        Says("/tree/g5/deep/deeper/data/x", "'/tree/g5/deep/deeper/data' is a dataset");
        Says("nothing", "the root has no 'nothing' but");
        Assert.False(file.Contains("/soft/round"));
        Assert.False(file.TryGet("/tree/g4", out _));
        Assert.Contains("is a dataset, and a group", Assert.Throws<KeyNotFoundException>(() => file.Group("/tree/g5/deep/deeper/data")).Message, StringComparison.Ordinal);
        Assert.Contains("is a group, and a dataset", Assert.Throws<KeyNotFoundException>(() => file.Dataset("/tree")).Message, StringComparison.Ordinal);

        void Says(string path, params string[] parts)
        {
            string message = Assert.Throws<KeyNotFoundException>(() => file[path]).Message;
            Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
            Assert.Contains($"'{reference.PathOf(name)}'", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Descendants_come_once_each_behind_their_groups(string name)
    {
        using Hdf5File file = reference.Open(name);
        List<string> paths = [.. file.Root.Descendants().Select(item => item.Path)];

        Assert.Equal(paths.Count, paths.Distinct().Count());
        Assert.Equal(3 + 1 + 30 + 2500 + 4 * 4, paths.Count);
        Assert.Equal(4, file.Root.Descendants().OfType<Hdf5Dataset>().Count());
        Assert.All(paths, path => Assert.True(path.LastIndexOf('/') == 0 || paths.Contains(path[..path.LastIndexOf('/')])));
    }

    [Fact]
    public void Named_types_are_neither_groups_nor_datasets()
    {
        using Hdf5File file = reference.Open("values-new.h5");
        Assert.Contains("named type", Assert.Throws<KeyNotFoundException>(() => file["/types/number"]).Message, StringComparison.Ordinal);
        Assert.Empty(file.Group("types"));
        Assert.Equal(2, file.Group("types").Links.Count);
    }

    [Fact]
    public void A_file_and_its_objects_say_what_they_are()
    {
        using Hdf5File file = reference.Open("values-new.h5");
        Assert.Equal("/values/numbers (2, 3) of int16, big-endian, contiguous", file["values/numbers"].ToString());
        Assert.Equal("/values/chunked (50,) of compound { frame: int32, time: float64, label: string of 4 bytes }, in chunks of (7,), shuffle(16) gzip(4)", file["values/chunked"].ToString());
        Assert.Equal("/targets (group of 1)", file["targets"].ToString());
        Assert.Equal("/", file.Root.Name);
        Assert.Equal("numbers", file["/values//numbers/"].Name);
    }
}
