namespace Tessera.Hdf5Format.Tests;

/// <summary>Groups of very many links: one of them is found without a look at the others.</summary>
public sealed class LargeGroupTests(LargeGroupTests.Groups groups) : IClassFixture<LargeGroupTests.Groups>
{
    private const int Links = 20_000; // each hundredth is a soft link

    private readonly TestFolder _folder = groups.Folder;

    /// <summary>The files, made once for all tests, which leave them as they are.</summary>
    public sealed class Groups : IDisposable
    {
        private readonly TestFolder _folder = new();
        private readonly Lazy<TestFolder> _made;

        public Groups() => _made = new(() =>
        {
            Python.Run("others.py", "groups", _folder.Path);
            return _folder;
        });

        public TestFolder Folder => _made.Value; // in a test, which is skipped where there is no Python

        public void Dispose() => _folder.Dispose();
    }

    [Theory]
    [InlineData("old.h5")]
    [InlineData("new.h5")]
    [InlineData("tracked.h5")]
    public void Every_link_is_found_by_its_name(string name)
    {
        using Hdf5File all = Open(name);
        Assert.Equal(Links + 6, all.Root.Links.Count);
        var random = new Random(1);
        for (int i = 0; i < 40; i++)
        {
            int number = i < 2 ? i * (Links - 1) : random.Next(Links);
            using Hdf5File file = Open(name);
            Assert.Equal(all[$"/g{number:000000}"].Header.Address, file[$"/g{number:000000}"].Header.Address);
            Assert.False(file.Contains($"/g{number:000000}x"));
            Assert.False(file.Contains("/a"));
            Assert.False(file.Contains("/z"));
        }

        using Hdf5File some = Open(name);
        Assert.Equal("/soft", some["/soft"].Path);
        Assert.Equal("/größe", some["/größe"].Path);
        Assert.Equal("/caf\u00E9", some["/caf\u00E9"].Path); // é as one byte, in Latin-1
        foreach (string spelling in (string[])["/caf\u00E9", "/caf\uDCE9", "/größe", "/gr\uDCC3\uDCB6ße", "/caf\u00C3\u00A9", "/gr\u00F6\u00DFe\uDCE9", "/caf\uD800", "/\uDC00", "/\uD800"])
            Assert.True(some.Contains(spelling) == all.Contains(spelling), spelling);
        Assert.False(some.Contains("/\uD800")); // half a character, and there is U+FFFD
        Assert.Equal(new string('n', 300), some[new string('n', 300)].Name);
        Assert.Contains($"and {Links - 4} more", Assert.Throws<KeyNotFoundException>(() => some["/nothing"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("old.h5", "SNOD")]
    [InlineData("new.h5", "BTLF")]
    public void Only_what_is_on_the_way_to_a_link_is_read(string name, string leaf)
    {
        byte[] bytes = File.ReadAllBytes(_folder.PathOf(name)), damaged = [.. bytes];
        List<int> leaves = Structures.All(bytes, leaf);
        Assert.True(leaves.Count > 50, $"{leaves.Count} leaves");
        foreach (int at in leaves)
            damaged[at] = 0;

        // With all leaves damaged, the search names the one that it reaches; with that one sound, the link is found.
        int reached = 0;
        for (int number = 1; number < Links; number += 1998)
        {
            string path = $"/g{number:000000}";
            using Hdf5File broken = Hdf5File.Open(_folder.Put("broken.h5", damaged));
            if (Record.Exception(() => broken[path]) is not InvalidDataException refused)
                continue; // found above the leaves
            int one = Assert.Single(leaves, at => refused.Message.Contains($"byte {at}:", StringComparison.Ordinal));
            byte[] mended = [.. damaged];
            mended[one] = bytes[one];
            using Hdf5File file = Hdf5File.Open(_folder.Put("mended.h5", mended));
            Assert.Equal(path, file[path].Path);
            Assert.Throws<InvalidDataException>(() => file.Root.Links);
            reached++;
        }

        Assert.True(reached > 5, $"{reached} leaves were reached.");
    }

    [Fact]
    public void Links_are_found_where_others_were_removed()
    {
        Python.Run("others.py", "shrunk", _folder.Path);
        using Hdf5File all = Open("shrunk.h5");
        Assert.Equal(6_001, all.Root.Links.Count);
        var random = new Random(2);
        for (int i = 0; i < 60; i++)
        {
            using Hdf5File file = Open("shrunk.h5");
            for (int one = 0; one < 20; one++)
            {
                string there = all.Root.Links[random.Next(6_001)].Name, perhaps = $"/g{random.Next(12_000):000000}";
                Assert.True(file.Contains(there), there);
                Assert.Equal(all.Contains(perhaps), file.Contains(perhaps));
            }
        }
    }

    [Fact]
    public void A_group_of_which_all_links_are_asked_for_is_read_once()
    {
        using Hdf5File file = Open("new.h5");
        for (int number = 0; number < Links; number++)
            Assert.True(file.Contains($"/g{number:000000}"));
    }

    private Hdf5File Open(string name) => Hdf5File.Open(_folder.PathOf(name));
}
