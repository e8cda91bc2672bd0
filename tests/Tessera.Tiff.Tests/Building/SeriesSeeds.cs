using System.Text;

namespace Tessera.TiffFormat.Tests;

/// <summary>Small files whose directories stand for planes, series and levels, to be damaged by <see cref="FuzzTests"/>.</summary>
internal static class SeriesSeeds
{
    private const int Side = 12, Long = TiffBuilder.Long;

    private const string Ome = """
        <?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0" Name="cells"><Pixels DimensionOrder="XYZTC" Type="uint16"
        SizeX="12" SizeY="12" SizeZ="3" SizeC="1" SizeT="2"><Channel SamplesPerPixel="1"/><TiffData IFD="0" PlaneCount="4"/><TiffData FirstZ="1" FirstT="1" IFD="4" PlaneCount="2"/>
        </Pixels></Image></OME>
        """;

    /// <summary>Each with where the entries of its directories begin.</summary>
    public static IEnumerable<(string Name, byte[] File, int[] Entries)> All()
    {
        foreach (bool big in new[] { false, true })
        {
            yield return Pages("ImageJ's planes behind one page", big, 1, 6, Text("ImageJ=1.53t\nimages=6\nchannels=3\nframes=2\nhyperstack=true\norder=czt\n"));
            yield return Pages("ImageJ's pages", big, 6, 1, Text("ImageJ=1.53t\nimages=6\nslices=6\n"));
            yield return Pages("tifffile's planes behind one page", big, 1, 6, Text("""{"shape": [2, 3, 12, 12], "axes": "TZYX", "name": "deep", "truncated": true}"""));
            yield return Pages("tifffile's pages", big, 6, 1, Text("""{"shape": [6, 12, 12]}"""));
            yield return Pages("OME-XML", big, 6, 1, Text(Ome));
            yield return Pages("MetaMorph's planes", big, 1, 6, (TiffTag.MetaMorphPlanes, TiffBuilder.Rational, [1, 2, 3, 4, 5, 6]));
            yield return Pages("an LSM file", big, 6, 1, (TiffTag.LsmInfo, TiffBuilder.Byte, [.. Lsm()]));
            yield return Pages("planes listed by one page", big, 1, 1, Text("ImageJ=1.38n\nimages=3\nchannels=3\n"), strips: 3);
            yield return Levels(big);
        }
    }

    private static (TiffTag, int, long[]) Text(string text) => (TiffTag.ImageDescription, TiffBuilder.Ascii, [.. Encoding.UTF8.GetBytes(text + "\0").Select(one => (long)one)]);

    private static (string Name, byte[] File, int[] Entries) Pages(
        string name, bool big, int pages, int planes, (TiffTag Tag, int Type, long[] Values) first, int strips = 1)
    {
        var builder = new TiffBuilder(bigEndian: big, bigTiff: big);
        for (int page = 0; page < pages; page++)
        {
            byte[][] pixels = [.. Enumerable.Range(0, strips).Select(strip => Pixels(planes, page + strip))];
            (TiffTag, int, long[]) rows = (TiffTag.RowsPerStrip, Long, [Side]);
            builder.Add(Side, Side, 16, pixels, tags: page == 0 ? [rows, first] : [rows]);
        }

        return (name + (big ? ", BigTIFF" : ""), builder.Build(), [.. builder.Entries]);
    }

    /// <summary>Two pages of two levels each, which no chain has.</summary>
    private static (string Name, byte[] File, int[] Entries) Levels(bool big)
    {
        var builder = new TiffBuilder(bigEndian: big, bigTiff: big);
        for (int page = 0; page < 2; page++)
            builder.Add(Side, Side, 16, [Pixels(1, page)], tags: (TiffTag.SubDirectories, big ? TiffBuilder.Long8 : Long, [0, 0]));
        for (int level = 0; level < 4; level++)
            builder.Add(Side >> (1 + level % 2), Side >> (1 + level % 2), 16, [Pixels(1, level)[..(2 * (Side >> (1 + level % 2)) * (Side >> (1 + level % 2)))]]);
        byte[] file = builder.Build();
        int offsetBytes = big ? 8 : 4;
        int[] lists = [.. builder.Entries.Where(at => file[at] + file[at + 1] == 330 / 256 + 330 % 256 && (file[at] == 1 || file[at + 1] == 1))];
        for (int page = 0; page < 2; page++)
        {
            int values = BitConverter.ToInt32(big ? [.. file[(lists[page] + 16)..(lists[page] + 20)].Reverse()] : file[(lists[page] + 8)..(lists[page] + 12)]);
            for (int level = 0; level < 2; level++)
                builder.Overwrite(file, values + (level * offsetBytes), offsetBytes, builder.Directories[2 + (2 * page) + level]);
        }

        for (int page = 1; page < 6; page++)
            builder.Overwrite(file, builder.Links[page + 1], offsetBytes, 0);
        return ("levels in sub-pages" + (big ? ", BigTIFF" : ""), file, [.. builder.Entries]);
    }

    private static IEnumerable<long> Lsm()
    {
        var info = new byte[300];
        int[] numbers = [0x0400494C, 300, Side, Side, 3, 1, 2, 1, 128, 128];
        Buffer.BlockCopy(numbers, 0, info, 0, numbers.Length * sizeof(int));
        return info.Select(one => (long)one);
    }

    private static byte[] Pixels(int planes, int seed) => [.. Enumerable.Range(0, planes * Side * Side * 2).Select(i => (byte)(i * 7 + seed))];
}
