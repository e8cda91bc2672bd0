using System.Text;

namespace Tessera.TiffFormat.Tests;

/// <summary>Descriptions that claim more than there is cost neither memory nor time, and end in the pages that there are or in a refusal.</summary>
public sealed class HostileSeriesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="2147483647" SizeC="2147483647" SizeT="2147483647"><TiffData/></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="2000000000" SizeC="1" SizeT="1"><TiffData/></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="3" SizeC="1" SizeT="1"><TiffData IFD="2000000000" PlaneCount="2000000000"/></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="3" SizeC="1" SizeT="1"><TiffData FirstZ="7"/></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="3" SizeC="1" SizeT="1"><TiffData IFD="0"/></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="3" SizeC="1" SizeT="1"><TiffData IFD="0"/><TiffData IFD="1"><UUID FileName="../f.tif"/></TiffData></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="3" SizeC="1" SizeT="1"><TiffData IFD="0"/><TiffData IFD="1"><UUID FileName="none.tif"/></TiffData></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="3" SizeC="1" SizeT="1"><TiffData IFD="0"/><TiffData IFD="1"><UUID FileName=""/></TiffData></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="4" SizeZ="3" SizeC="0" SizeT="-1"></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels DimensionOrder="ZYXCT" SizeX="4" SizeY="4"><TiffData/></Pixels></Image></OME>""")]
    [InlineData("""<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><OME><Image Name="&c;"><Pixels SizeX="4" SizeY="4"><TiffData/></Pixels></Image></OME>""")]
    [InlineData("""<OME><Image><Pixels""")]
    [InlineData("""{"shape": [9223372036854775807, 9223372036854775807]}""")]
    [InlineData("""{"shape": [3000000000, 4, 4]}""")]
    [InlineData("""{"shape": [-3, 4, 4]}""")]
    [InlineData("""{"shape": [3.5, 4, 4]}""")]
    [InlineData("""{"shape": [0, 4, 4]}""")]
    [InlineData("""{"shape": "no"}""")]
    [InlineData("""{"shape": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,3,4,4]}""")]
    [InlineData("""{"shape": [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]}""")]
    [InlineData("ImageJ=1\nimages=-1\nframes=0\nslices=99999999999999999999\n")]
    [InlineData("ImageJ=1\nimages=3\nframes=3\nchannels=2147483647\nslices=2147483647\norder=xxx\n")]
    [InlineData("ImageJ=1\nimages=3\nframes=2147483647\nchannels=2147483647\nslices=2147483647\n")]
    public void A_description_that_does_not_fit_costs_nothing(string description)
    {
        var builder = new TiffBuilder();
        long[] text = [.. Encoding.UTF8.GetBytes(description + "\0").Select(one => (long)one)];
        for (int page = 0; page < 3; page++)
            builder.Add(4, 4, 8, [Enumerable.Repeat((byte)page, 16).ToArray()], tags: page == 0 ? [(TiffTag.ImageDescription, TiffBuilder.Ascii, text)] : []);
        string path = _folder.Put("f.tif", builder.Build());

        long before = GC.GetAllocatedBytesForCurrentThread();
        using TiffFile file = TiffFile.Open(path);
        Assert.Equal(3, file.Pages.Count);
        Assert.Equal([3, 4, 4], ImageStack.Source<byte>(path).Shape); // the pages that are listed, whatever is said
        foreach (TiffSeries series in file.Series)
        {
            try
            {
                Assert.Equal(series.Shape, series.Array<byte>().Shape);
            }
            catch (InvalidDataException refused)
            {
                Assert.StartsWith($"'{path}', byte ", refused.Message, StringComparison.Ordinal);
            }
        }

        Assert.NotEmpty(file.Series);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData("<TiffData/>", "</Pixels></Image>")]
    [InlineData("""<TiffData><UUID FileName="f.tif"/></TiffData>""", "</Pixels></Image>")]
    [InlineData("</Pixels></Image><Image><Pixels SizeX='4' SizeY='4' SizeZ='3' SizeC='1' SizeT='1'><TiffData/>", "</Pixels></Image>")]
    public void Planes_and_images_without_number_take_little_more_than_their_text(string more, string end)
    {
        string many = string.Concat(Enumerable.Repeat(more, 200_000));
        string description = $"<OME><Image><Pixels SizeX='4' SizeY='4' SizeZ='3' SizeC='1' SizeT='1'><TiffData/>{many}{end}</OME>\0";
        var builder = new TiffBuilder();
        long[] text = [.. Encoding.UTF8.GetBytes(description).Select(one => (long)one)];
        for (int page = 0; page < 3; page++)
            builder.Add(4, 4, 8, [new byte[16]], tags: page == 0 ? [(TiffTag.ImageDescription, TiffBuilder.Ascii, text)] : []);
        using TiffFile file = TiffFile.Open(_folder.Put("f.tif", builder.Build()));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.InRange(file.Series.Count, 1, 3);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16L * description.Length); // text comes as bytes, as a string and by its attributes
        if (!more.Contains("Image", StringComparison.Ordinal))
            Assert.Contains("planes from page", Assert.Throws<InvalidDataException>(() => file.Series[0].Array<byte>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sub_pages_that_all_pages_share_are_not_multiplied()
    {
        const int Count = 2000;
        var builder = new TiffBuilder();
        for (int page = 0; page < Count; page++)
            builder.Add(8, 8, 8, [new byte[64]], tags: (TiffTag.SubDirectories, TiffBuilder.Long, [0, 0]));
        builder.Add(4, 4, 8, [new byte[16]]);
        byte[] file = builder.Build();
        long[] shared = [.. builder.Directories.Select(offset => (long)offset)];
        byte[] table = [.. shared.SelectMany(offset => BitConverter.GetBytes((int)offset))];
        foreach (int entry in builder.Entries.Where(at => file[at] == 330 % 256 && file[at + 1] == 330 / 256))
        {
            builder.Overwrite(file, entry + 4, 4, shared.Length); // each of 2000 pages lists all 2001 as its smaller versions
            builder.Overwrite(file, entry + 8, 4, file.Length);
        }

        string path = _folder.Put("shared.tif", [.. file, .. table]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using TiffFile open = TiffFile.Open(path);
        Assert.NotEmpty(open.Series);
        Assert.All(open.Series.SelectMany(series => series.Levels.Skip(1)), level => Assert.Throws<InvalidDataException>(() => level.Array<byte>()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }
}
