using System.Text;

namespace Tessera.TiffFormat.Tests;

/// <summary>The files beside an OME-TIFF in which it has planes.</summary>
[Collection(nameof(Alone))] // a test that saves over a file closes all files
public sealed class OmeFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_that_have_planes_are_closed_with_the_one_that_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which files are really open is told on Linux only.");
        string path = Two("b.tif");
        ChunkedArray<byte> array;
        TiffSeries series;
        using (TiffFile file = TiffFile.Open(path))
        {
            series = file.Series[0];
            array = series.Array<byte>();
            Assert.Equal(Pixels(0).Concat(Pixels(1)), array.Compute().ToArray());
            Assert.True(IsOpen("b.tif"));
        }

        Assert.False(IsOpen("a.tif"));
        Assert.False(IsOpen("b.tif"));
        Assert.Contains("was disposed of before", Assert.ThrowsAny<Exception>(() => array.Compute()).ToString(), StringComparison.Ordinal);
        Assert.Contains("Ask for its arrays first", Assert.Throws<ObjectDisposedException>(() => series.Array<byte>()).Message, StringComparison.Ordinal);
        Assert.False(IsOpen("b.tif"));
    }

    [Fact]
    public void A_file_beside_that_is_damaged_does_not_stay_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which files are really open is told on Linux only.");
        string path = Two("b.tif");
        File.WriteAllBytes(_folder.PathOf("b.tif"), new byte[100]);
        using TiffFile file = TiffFile.Open(path);

        Assert.Contains("b.tif", Assert.Throws<InvalidDataException>(() => file.Series[0].Array<byte>()).Message, StringComparison.Ordinal);
        Assert.False(IsOpen("b.tif"));
    }

    /// <summary>An image of two planes, the second in another file.</summary>
    private string Two(string other)
    {
        string xml = $"<OME><Image><Pixels DimensionOrder='XYZCT' SizeX='4' SizeY='4' SizeZ='2' SizeC='1' SizeT='1'>" +
            $"<TiffData IFD='0'/><TiffData IFD='0' FirstZ='1'><UUID FileName='{other}'/></TiffData></Pixels></Image></OME>\0";
        long[] text = [.. Encoding.UTF8.GetBytes(xml).Select(one => (long)one)];
        _folder.Put(other, new TiffBuilder().Add(4, 4, 8, [Pixels(1)]).Build());
        return _folder.Put("a.tif", new TiffBuilder().Add(4, 4, 8, [Pixels(0)], tags: (TiffTag.ImageDescription, TiffBuilder.Ascii, text)).Build());
    }

    private static byte[] Pixels(int plane) => [.. Enumerable.Range(plane * 16, 16).Select(i => (byte)i)];

    private bool IsOpen(string name) =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Any(descriptor => descriptor.LinkTarget == _folder.PathOf(name));
}
