using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tessera.TiffFormat.Tests;

/// <summary>Series, levels and planes are listed and read as tifffile has them.</summary>
public sealed class SeriesTests(OracleFiles oracle)
{
    private sealed record Case(string File, int Pages, Series[] Series);

    private sealed record Series(string Name, Level[] Levels);

    private sealed record Level(string Axes, long[] Shape, string Type, string Raw);

    [Fact]
    public void Every_series_and_level_is_what_tifffile_says()
    {
        oracle.RunScript("series.py");
        Case[] cases = JsonSerializer.Deserialize<Case[]>(File.ReadAllText(oracle.PathOf("series.json")))!;
        Assert.InRange(cases.Length, 50, int.MaxValue);

        var differing = new List<string>();
        foreach (Case one in cases)
        {
            try
            {
                Compare(one, differing);
            }
            catch (InvalidDataException refused)
            {
                differing.Add($"{one.File}: {refused.Message}");
            }
        }

        Assert.Empty(differing);
    }

    private void Compare(Case one, List<string> differing)
    {
        string path = oracle.PathOf(one.File);
        using TiffFile file = TiffFile.Open(path);
        Check(file.Pages.Count == one.Pages, $"{file.Pages.Count} pages, not {one.Pages}");
        if (!Check(file.Series.Count == one.Series.Length, $"{file.Series.Count} series, not {one.Series.Length}"))
            return;

        for (int i = 0; i < one.Series.Length; i++)
        {
            TiffSeries series = file.Series[i];
            Check(series.Name == one.Series[i].Name, $"series {i} is called '{series.Name}', not '{one.Series[i].Name}'");
            if (!Check(series.Levels.Count == one.Series[i].Levels.Length, $"series {i} has {series.Levels.Count} levels"))
                continue;
            for (int j = 0; j < series.Levels.Count; j++)
            {
                (TiffSeries level, Level told) = (series.Levels[j], one.Series[i].Levels[j]);
                string name = $"series {i}, level {j}";
                if (Check(level.Axes == told.Axes && level.Shape.SequenceEqual(told.Shape) && level.ElementType.Name == told.Type, $"{name} is {level.Axes} {level.Shape} of {level.ElementType.Name}"))
                {
                    byte[] expected = File.ReadAllBytes(oracle.PathOf(told.Raw));
                    Check(Elements(level).SequenceEqual(expected), $"{name} has other elements");
                    Check(Frames(path, i, j, told.Type).SequenceEqual(expected), $"{name} has other elements as frames");
                }
            }
        }

        bool Check(bool right, string what)
        {
            if (!right)
                differing.Add($"{one.File}: {what}");
            return right;
        }
    }

    private static byte[] Elements(TiffSeries series) => series.ElementType switch
    {
        ElementType.Byte => Bytes(series.Array<byte>()),
        ElementType.UInt16 => Bytes(series.Array<ushort>()),
        _ => Bytes(series.Array<float>()),
    };

    private static byte[] Bytes<T>(ChunkedArray<T> array)
        where T : unmanaged => MemoryMarshal.AsBytes(array.Compute().ToArray().AsSpan()).ToArray();

    private static byte[] Frames(string path, int series, int level, string type)
    {
        var options = new TiffReadOptions { Series = series, Level = level };
        return (type switch
        {
            "byte" => ImageStack.Source<byte>(path, options),
            "ushort" => ImageStack.Source<ushort>(path, options),
            _ => ImageStack.Source<float>(path, options),
        }).ReadAll();
    }
}
