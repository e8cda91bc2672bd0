using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

/// <summary>Saving where no file can be says so in the words of whoever asked: the path that was given, never the temporary file's.</summary>
public sealed class WrongPlaceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Writers() => ["SaveTiff", "Tiff.Write", "Png.Write"];

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_folder_that_is_missing_is_named(string writer)
    {
        string path = _folder.PathOf("no/folder/a.tif");
        string says = Assert.Throws<DirectoryNotFoundException>(() => Write(writer, path)).Message;

        Assert.Contains($"'{path}'", says, StringComparison.Ordinal);
        Assert.Contains($"'{Path.GetDirectoryName(path)}'", says, StringComparison.Ordinal);
        Assert.Contains("Directory.CreateDirectory", says, StringComparison.Ordinal);
        Assert.DoesNotContain(".part", says, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_folder_in_place_of_the_file_is_named(string writer)
    {
        string path = _folder.PathOf("images");
        _folder.Put("images/a.txt", []);
        foreach (string given in new[] { path, path + Path.DirectorySeparatorChar })
        {
            string says = Assert.Throws<IOException>(() => Write(writer, given)).Message;
            Assert.Contains($"'{given}'", says, StringComparison.Ordinal);
            Assert.Contains("is a folder", says, StringComparison.Ordinal);
        }

        Assert.Equal(["a.txt"], Directory.GetFiles(path).Select(Path.GetFileName));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_folder_that_takes_no_files_is_named(string writer)
    {
        const string Closed = "/sys"; // where even root makes no files
        if (!Directory.Exists(Closed))
            return;

        Exception refused = Assert.ThrowsAny<Exception>(() => Write(writer, $"{Closed}/a.tif"));
        Assert.True(refused is IOException or UnauthorizedAccessException, refused.ToString());
        Assert.Contains($"'{Closed}/a.tif'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".part", refused.Message, StringComparison.Ordinal);
    }

    private static void Write(string writer, string path)
    {
        Tensor<byte> image = Tensor.Create(new byte[6], [2, 3]);
        if (writer == "SaveTiff")
            ChunkedArray.From(image).SaveTiff(path);
        else if (writer == "Tiff.Write")
            Tiff.Write(path, image);
        else
            Png.Write(path, image);
    }
}
