namespace Tessera.Hdf5Format.Tests;

/// <summary>Into which folders a file leads, and into which it doesn't.</summary>
public sealed class OtherFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public OtherFolderTests() => Python.Run("others.py", "links", _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_in_the_same_folder_and_below_are_read()
    {
        using Hdf5File file = Open();
        Assert.Equal([0, 1, 2, 3], file.Array<long>("below").Compute().ToArray());
        Assert.Equal([0, 1, 2, 3], file.Array<long>("below all/x").Compute().ToArray());
        Assert.Equal([0, 1, 2], file.Array<long>("below all/back/own").Compute().ToArray()); // out of the folder below, and not out of the file's own
        Assert.Equal(1, file.Root.Descendants().Count(item => item.Name == "own"));
    }

    [Theory]
    [InlineData("above", "'../above.h5'", "is outside")]
    [InlineData("beside", "'../beside/other.h5'", "is outside")]
    [InlineData("linked", "'linked.h5'", "other.h5'")]
    [InlineData("no hdf5", "'/etc/hostname'", "is outside")]
    public void Files_elsewhere_are_refused_by_name(string path, string name, string place)
    {
        using Hdf5File file = Open();
        string says = Assert.Throws<KeyNotFoundException>(() => file[path]).Message;
        Assert.Contains(name, says, StringComparison.Ordinal);
        Assert.Contains(place == "is outside" ? "isn't followed" : place, says, StringComparison.Ordinal);
        Assert.Contains("OtherFolders", says, StringComparison.Ordinal);
        Assert.Contains($"'{_folder.PathOf("data")}'", says, StringComparison.Ordinal);
        Assert.False(file.Contains(path));
    }

    [Fact]
    public void Folders_that_the_user_allows_are_read_and_names_are_looked_for_there()
    {
        using (Hdf5File file = Open(_folder.PathOf("beside")))
        {
            foreach (string path in new[] { "beside", "by name", "linked" })
                Assert.Equal([0, 1, 2, 3], file.Array<long>(path).Compute().ToArray());
            Assert.False(file.Contains("above"));
        }

        using Hdf5File all = Open(_folder.Path);
        Assert.Equal([0, 1, 2, 3], all.Array<long>("above").Compute().ToArray());
        Assert.Equal([0, 1, 2, 3], all.Array<long>("beside").Compute().ToArray());
    }

    [Fact]
    public void Links_in_a_circle_and_files_that_are_no_hdf5_are_named()
    {
        using Hdf5File file = Open();
        Assert.Contains("more than 16 soft or external links", Assert.Throws<KeyNotFoundException>(() => file["round"]).Message, StringComparison.Ordinal);
        using Hdf5File turn = Hdf5File.Open(_folder.PathOf("data/turn.h5"));
        string says = Assert.Throws<InvalidDataException>(() => turn["no file"]).Message;
        Assert.Contains($"'{_folder.PathOf("data/text.txt")}'", says, StringComparison.Ordinal);
        Assert.Contains("not an HDF5 file", says, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_ends_no_listing_and_is_refused_when_its_link_is_followed()
    {
        using Hdf5File turn = Hdf5File.Open(_folder.PathOf("data/turn.h5"));
        Assert.Empty(turn.Root.Descendants());
        Assert.Contains(turn.Root.Links, link => link.Name == "no file");
        Assert.Throws<InvalidDataException>(() => turn["no file"]);

        using Hdf5File file = Open();
        byte[] below = File.ReadAllBytes(_folder.PathOf("data/below/deep.h5"));
        File.WriteAllBytes(_folder.PathOf("data/below/deep.h5"), below[..(below.Length / 8)]);
        Assert.Contains(file.Root, item => item.Name == "own");
        Assert.DoesNotContain(file.Root, item => item.Name == "below");
        Assert.Contains(file.Root.Links, link => link.Name == "below");
        Assert.ThrowsAny<Exception>(() => file["below"]);
    }

    [Fact]
    public void A_file_that_is_opened_by_a_link_leads_to_the_files_beside_both()
    {
        File.CreateSymbolicLink(_folder.PathOf("beside/link.h5"), _folder.PathOf("data/main.h5"));
        using Hdf5File file = Hdf5File.Open(_folder.PathOf("beside/link.h5"));
        Assert.Equal([0, 1, 2, 3], file.Array<long>("below").Compute().ToArray());
        Assert.Equal([0, 1, 2, 3], file.Array<long>("by name").Compute().ToArray());
    }

    [Fact]
    public void A_missing_file_is_missing_under_whichever_name_its_folder_is_known()
    {
        Directory.CreateSymbolicLink(_folder.PathOf("home"), _folder.PathOf("data"));
        using Hdf5File file = Open();
        FileStructure structure = file.Root.Structure;
        Assert.Null(structure.Others.Find(_folder.PathOf("home/gone.h5"), structure, out _));
        Assert.Null(structure.Others.Find(_folder.PathOf("home/no folder/gone.h5"), structure, out _));
        Assert.Throws<UnauthorizedAccessException>(() => structure.Others.Find(_folder.PathOf("beside/gone.h5"), structure, out _));
    }

    [Fact]
    public void A_real_path_has_no_links()
    {
        Assert.Equal(_folder.PathOf("beside/other.h5"), RealPath.Of(_folder.PathOf("data/../data/./linked.h5")));
        Assert.Null(RealPath.Of(_folder.PathOf("data/nothing/../linked.h5")));
        File.CreateSymbolicLink(_folder.PathOf("circle"), _folder.PathOf("circle"));
        Assert.Null(RealPath.Of(_folder.PathOf("circle")));
        Assert.True(RealPath.IsWithin("/a/b/c", "/a/b"));
        Assert.False(RealPath.IsWithin("/a/bc", "/a/b"));
        Assert.True(RealPath.IsWithin("/a", "/"));
    }

    private Hdf5File Open(params string[] folders) => Hdf5File.Open(_folder.PathOf("data/main.h5"), new Hdf5OpenOptions { OtherFolders = folders });
}
