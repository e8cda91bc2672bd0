using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

public sealed class ImageStackTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Frames_follow_the_order_of_the_files_and_of_the_pages_in_them()
    {
        Put("f10.tif", 4, [4]);
        Put("f2.tif", 2, [2, 3]);
        Put("f1.tif", 0, [0, 1]);

        IBlockSource stack = ImageStack.Source<byte>(_folder.PathOf("f*.tif"));
        Assert.Equal([5, 2, 3], stack.Shape);
        Assert.Equal(Enumerable.Range(0, 5).SelectMany(frame => Enumerable.Repeat((byte)frame, 6)), stack.ReadAll());

        IBlockSource given = ImageStack.Source<byte>([_folder.PathOf("f10.tif"), _folder.PathOf("f1.tif")]);
        Assert.Equal([4, 0, 1], given.Read(new Region([0, 0, 0], [3, 1, 1])));
    }

    [Fact]
    public void A_frame_that_differs_is_named_with_what_it_has_and_what_the_first_has()
    {
        Put("f1.tif", 0, [0, 1]);
        Tiff.Write(_folder.PathOf("f2.tif"), Tensor.Create(new byte[8], [2, 4]));
        string says = Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(_folder.PathOf("*.tif"))).Message;
        Assert.Contains("Page 0 of '" + _folder.PathOf("f2.tif") + "' has (2, 4) of byte", says, StringComparison.Ordinal);
        Assert.Contains("page 0 of '" + _folder.PathOf("f1.tif") + "', has (2, 3) of byte", says, StringComparison.Ordinal);

        Tiff.Write(_folder.PathOf("f2.tif"), Tensor.Create(new short[6], [2, 3]));
        Assert.Contains("has (2, 3) of short", Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(_folder.PathOf("*.tif"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_element_type_than_asked_is_named()
    {
        Put("f1.tif", 0, [0]);
        Assert.Contains("are byte, and ushort was asked for", Assert.Throws<InvalidOperationException>(() => ImageStack.Source<ushort>(_folder.PathOf("*.tif"))).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => ImageStack.Source<decimal>(_folder.PathOf("*.tif")));
    }

    [Fact]
    public void A_damaged_frame_among_many_is_named()
    {
        for (int i = 0; i < 40; i++)
            Put($"f{i}.tif", i, [i]);
        string damaged = _folder.Put("f17.tif", [1, 2, 3]);

        Assert.Contains(damaged, Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(_folder.PathOf("*.tif"))).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ImageStack.Source<byte>([_folder.PathOf("f1.tif"), _folder.PathOf("none.tif")]));
        Assert.Throws<ArgumentException>(() => ImageStack.Source<byte>(Array.Empty<string>()));
    }

    [Fact]
    public void Thumbnails_are_no_frames()
    {
        byte[] file = new TiffBuilder()
            .Add(4, 4, 8, [new byte[16]])
            .Add(2, 2, 8, [new byte[4]], tags: (TiffTag.NewSubfileType, TiffBuilder.Long, [1]))
            .Build();
        _folder.Put("f.tif", file);

        Assert.Equal([1, 4, 4], ImageStack.Source<byte>(_folder.PathOf("f.tif")).Shape);
        using TiffFile open = TiffFile.Open(_folder.PathOf("f.tif"));
        Assert.Equal([false, true], open.Pages.Select(page => page.IsThumbnail));
    }

    private void Put(string name, int first, int[] frames)
    {
        byte[] pixels = [.. frames.SelectMany((_, i) => Enumerable.Repeat((byte)(first + i), 6))];
        Tiff.Write(_folder.PathOf(name), Tensor.Create(pixels, [frames.Length, 2, 3]), new TiffOptions { Photometric = TiffPhotometric.MinIsBlack });
    }
}
