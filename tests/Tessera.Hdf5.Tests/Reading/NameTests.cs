using System.Text;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Names and texts that aren't UTF-8: none is taken for another, and the bytes can be had.</summary>
public sealed class NameTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public NameTests()
    {
        try
        {
            Python.Run("names.py", "make", _folder.Path);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public static TheoryData<string> Files() => ["names-old.h5", "names-new.h5"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_that_differ_in_a_Latin_1_byte_lead_to_their_own_datasets(string name)
    {
        using Hdf5File file = Open(name);
        var group = file.Group("/both");

        Assert.Equal(["61", "C3A9E9", "E8", "C3A9", "E9"], group.Links.OrderBy(link => link.Name, StringComparer.Ordinal).Select(link => Convert.ToHexString(link.NameBytes())));
        Assert.Equal(["a", "Ã©é", "è", "é", "\uDCE9"], group.Links.Select(link => link.Name).Order(StringComparer.Ordinal));
        Assert.Equal([1, 5, 4, 3, 2], group.Links.Select(link => link.Name).Order(StringComparer.Ordinal).Select(link => group[link]).Cast<Hdf5Dataset>().Select(Number));
        Assert.Equal([1, 2, 3, 4, 5], group.Datasets.Select(Number).Order());
        Assert.All(group.Datasets, dataset => Assert.Equal(Number(dataset), Number(file.Dataset(dataset.Path))));
        Assert.Equal(3, Number(file.Dataset("/both/é")));
        Assert.Equal(2, Number(file.Dataset("/both/\uDCE9")));
        Assert.Equal(5, Number(file.Dataset("/both/é\uDCE9"))); // as Python spells it
        Assert.Equal(3, Number(file.Dataset("/both/\uDCC3\uDCA9")));
        Assert.False(file.Contains("/both/\uFFFD"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_name_that_is_not_UTF_8_is_found_under_its_Latin_1_text(string name)
    {
        using Hdf5File file = Open(name);

        Assert.Equal(6, Number(file.Dataset("/one/é")));
        Assert.Equal(6, Number(file.Dataset("/one/\uDCE9")));
        Assert.Equal(7, Number(file.Dataset("/one/grüße")));
        Assert.Equal(8, Number(file.Dataset("/one/日本")));
        Assert.False(file.Contains("/one/\uDCC3\uDCA9")); // é as UTF-8, which isn't there
        Assert.Equal(9, Number(file.Dataset("/µm/tiefe/µ")));
        Assert.Equal(11, Number(file.Dataset("/many/é")));
        Assert.Equal(10, Number(file.Dataset("/many/\uDCE9")));
        Assert.Equal("/µm/tiefe/µ", file.Group("µm").Descendants().OfType<Hdf5Dataset>().Single().Path);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Soft_links_lead_to_the_very_bytes_that_they_hold(string name)
    {
        using Hdf5File file = Open(name);

        Assert.Equal(2, Number(file.Dataset("/links/latin")));
        Assert.Equal(3, Number(file.Dataset("/links/utf8")));
        Assert.Equal(9, Number(file.Dataset("/links/grün")));
        Assert.False(file.Contains("/links/none"));
        Assert.Equal("/é", file.Group("links").Links.Single(link => link.Name == "outside").Target);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Attributes_that_differ_in_a_Latin_1_byte_are_all_there(string name)
    {
        using Hdf5File file = Open(name);
        foreach (string group in new[] { "few", "dense" })
        {
            Hdf5Attributes attributes = file[group].Attributes;
            Assert.Equal(group == "few" ? 3 : 103, attributes.Count);
            Assert.Equal(13, attributes["é"].Read<int>());
            Assert.Equal(12, attributes["\uDCE9"].Read<int>());
            Assert.Equal(14, attributes["Länge"].Read<int>());
            Assert.Equal(14, attributes["L\uDCE4nge"].Read<int>());
            Assert.Equal([0xE9], attributes["\uDCE9"].NameBytes());
            Assert.Equal("4CE46E6765", Convert.ToHexString(attributes["Länge"].NameBytes()));
            Assert.True(attributes.ContainsKey("\uDCE9"));
            Assert.False(attributes.ContainsKey("\uFFFD"));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Texts_that_are_not_UTF_8_come_as_Latin_1_and_as_their_bytes(string name)
    {
        using Hdf5File file = Open(name);
        Hdf5Attributes texts = file["texts"].Attributes;

        Assert.Equal("µm", texts["unit"].Value);
        Assert.Equal([0xB5, (byte)'m'], texts["unit"].Read<byte[]>());
        Assert.Equal(["5 µm", "5 µm", "m"], texts["fixed"].Read<string[]>());
        Assert.Equal(["3520B56D", "3520C2B56D", "6D"], texts["fixed"].Read<byte[][]>().Select(Convert.ToHexString));
        Assert.Equal(["Länge", "Länge"], texts["DIMENSION_LABELS"].Read<string[]>());
        Assert.Equal(["4CE46E6765", "4CC3A46E6765"], texts["DIMENSION_LABELS"].Read<byte[][]>().Select(Convert.ToHexString));
        Assert.Equal(["é", "é", ""], file.Dataset("names").ReadValue<string[]>());
        Assert.Equal(["E9", "C3A9", ""], file.Dataset("names").ReadValue<byte[][]>().Select(Convert.ToHexString));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Members_of_compounds_and_enums_keep_their_names_apart(string name)
    {
        using Hdf5File file = Open(name);
        Hdf5Dataset records = file.Dataset("records");
        Hdf5Type levels = file.Dataset("levels").Type;

        Assert.Equal(["\uDCE9", "é", "größe", "plain"], records.Type.Members.Select(member => member.Name));
        Assert.Equal(["E9", "C3A9", "6772F6DF65", "706C61696E"], records.Type.Members.Select(member => Convert.ToHexString(member.NameBytes())));
        Assert.Equal([("\uDCE9", 1), ("é", 2), ("ü", 3)], levels.Names.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal("E9", Convert.ToHexString(levels.NameBytes("\uDCE9")));
        Assert.Equal("C3A9", Convert.ToHexString(levels.NameBytes("é")));
        Assert.Equal("FC", Convert.ToHexString(levels.NameBytes("ü")));
        Assert.Throws<KeyNotFoundException>(() => levels.NameBytes("u"));
    }

    [Fact]
    public void Every_name_comes_back_as_its_bytes_and_no_two_are_the_same()
    {
        var random = new Random(7);
        byte[][] names = [.. Enumerable.Range(0, 20_000).Select(_ => Chance(random)).DistinctBy(Convert.ToHexString)];
        FileName[] distinct = FileName.Distinct([.. names.Select(bytes => FileName.Of(bytes))]);

        Assert.Equal(names.Select(Convert.ToHexString), distinct.Select(name => Convert.ToHexString(name.Bytes)));
        Assert.Equal(names.Length, distinct.Select(name => name.Text).Distinct().Count());
        Assert.Equal(names.Select(Convert.ToHexString), distinct.Select(name => Convert.ToHexString(FileName.BytesOf(name.Exact))));
        Dictionary<string, FileName> list = distinct.ToDictionary(name => name.Text);
        Assert.All(distinct, name => Assert.True(FileName.TryFind(list, name.Exact, found => found.IsLatin1, out FileName found) && found == name));
        Assert.Contains(distinct, name => FileName.HasEscapes(name.Text));
    }

    private static byte[] Chance(Random random)
    {
        string text = new([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => "aéÃ©µ日\u0080"[random.Next(7)])]);
        return random.Next(2) == 0 || text.Contains('日', StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(text) : Encoding.Latin1.GetBytes(text);
    }

    private static int Number(Hdf5Dataset dataset) => dataset.ReadValue<int>();

    private Hdf5File Open(string name) => Hdf5File.Open(_folder.PathOf(name));
}
