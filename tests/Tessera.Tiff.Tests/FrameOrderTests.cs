namespace Tessera.TiffFormat.Tests;

/// <summary>Which files a pattern names, and in which order.</summary>
public sealed class FrameOrderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_in_names_count_as_numbers()
    {
        string[] ordered = ["a", "a1", "a01", "a2", "a2b", "a10", "a10.tif", "a99999999999999999999", "a100000000000000000000", "b1", "ba"];
        string[] shuffled = [.. ordered];
        new Random(5).Shuffle(shuffled);

        Assert.Equal(["a", "a01", "a1", "a2", "a2b", "a10", "a10.tif", "a99999999999999999999", "a100000000000000000000", "b1", "ba"],
            shuffled.Order(NaturalOrder.Instance));
    }

    [Fact]
    public void The_order_is_an_order()
    {
        var random = new Random(2);
        string[] names = [.. Enumerable.Range(0, 60).Select(_ => new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => "01a2.b9"[random.Next(7)])]))];
        foreach (string a in names)
        {
            foreach (string b in names)
            {
                int order = NaturalOrder.Instance.Compare(a, b);
                Assert.Equal(-Math.Sign(order), Math.Sign(NaturalOrder.Instance.Compare(b, a)));
                Assert.Equal(a == b, order == 0);
                Assert.All(names, c => Assert.False(order <= 0 && NaturalOrder.Instance.Compare(b, c) <= 0 && NaturalOrder.Instance.Compare(a, c) > 0));
            }
        }
    }

    [Theory]
    [InlineData("*.tif", "f1.tif f2.tif f10.tif")]
    [InlineData("f?.tif", "f1.tif f2.tif")]
    [InlineData("x/f1.tif", "x/f1.tif")]
    [InlineData("*/f*.tif", "x/f1.tif x/f3.tif y/f1.tif")]
    [InlineData("**/f1.tif", "f1.tif x/f1.tif x/z/f1.tif y/f1.tif")]
    [InlineData("x/**", "x/f1.tif x/f3.tif x/z/f1.tif")]
    [InlineData("**/z/*", "x/z/f1.tif")]
    public void A_pattern_names_these_files(string pattern, string expected)
    {
        foreach (string file in new[] { "f1.tif", "f2.tif", "f10.tif", "g.txt", "x/f1.tif", "x/f3.tif", "x/z/f1.tif", "y/f1.tif" })
            _folder.Put(file, []);

        Assert.Equal(expected.Split(' ').Select(_folder.PathOf), FramePattern.Find(_folder.PathOf(pattern)));
    }

    [Theory]
    [InlineData("*.tif", "f1.tif")]
    [InlineData("?f1.tif", "")]
    [InlineData("**/*.tif", "f1.tif x/f2.tif")]
    [InlineData("**", "f1.tif x/f2.tif")]
    [InlineData("*/*.tif", "x/f2.tif")]
    [InlineData("._*.tif", "._f1.tif")]
    [InlineData(".*", "._f1.tif")]
    [InlineData(".snap*/*.tif", ".snapshot/f1.tif")]
    [InlineData(".snapshot/**/*.tif", ".snapshot/f1.tif .snapshot/hourly/f1.tif")]
    [InlineData(".snapshot/f*.tif", ".snapshot/f1.tif")]
    [InlineData("**/._*", "._f1.tif x/._f2.tif")]
    [InlineData("x/._f2.tif", "x/._f2.tif")]
    public void Hidden_files_and_folders_are_found_only_where_the_pattern_has_their_dot(string pattern, string expected)
    {
        foreach (string file in new[] { "f1.tif", "._f1.tif", "x/f2.tif", "x/._f2.tif", ".snapshot/f1.tif", ".snapshot/hourly/f1.tif", ".snapshot/._f1.tif" })
            _folder.Put(file, []);

        if (expected.Length > 0)
            Assert.Equal(expected.Split(' ').Select(_folder.PathOf), FramePattern.Find(_folder.PathOf(pattern)));
        else
            Assert.Contains("begin with a dot are left out", Assert.Throws<FileNotFoundException>(() => FramePattern.Find(_folder.PathOf(pattern))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_says_what_was_looked_for()
    {
        string pattern = _folder.PathOf("image*.tif");
        Assert.Contains(pattern, Assert.Throws<FileNotFoundException>(() => FramePattern.Find(pattern)).Message, StringComparison.Ordinal);
        Assert.Contains("it is a folder", Assert.Throws<FileNotFoundException>(() => FramePattern.Find(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => FramePattern.Find(_folder.PathOf("none/at/all*.tif")));
        Assert.Throws<FileNotFoundException>(() => FramePattern.Find(_folder.PathOf("none.tif")));
    }

    [Theory]
    [InlineData("image[0-9].tif")]
    [InlineData("image{1,2}.tif")]
    [InlineData("image[0-9]*.tif")]
    public void Nothing_found_for_other_wildcards_says_which_there_are(string name)
    {
        _folder.Put("image1.tif", []);
        string says = Assert.Throws<FileNotFoundException>(() => FramePattern.Find(_folder.PathOf(name))).Message;

        Assert.Contains("[, ], { and } stand for themselves", says, StringComparison.Ordinal);
        Assert.Contains("only *, ? and ** are wildcards", says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.tif")]
    [InlineData("none*.tif")]
    public void Only_of_a_relative_path_is_it_said_from_where_it_was_looked_for(string name)
    {
        string from = $"(looked for from the folder '{Directory.GetCurrentDirectory()}')";

        Assert.Contains(from, Assert.Throws<FileNotFoundException>(() => FramePattern.Find(name)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("looked for from", Assert.Throws<FileNotFoundException>(() => FramePattern.Find(_folder.PathOf(name))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("stand for themselves", Assert.Throws<FileNotFoundException>(() => FramePattern.Find(name)).Message, StringComparison.Ordinal);
    }
}
