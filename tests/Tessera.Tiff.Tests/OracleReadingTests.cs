
namespace Tessera.TiffFormat.Tests;

/// <summary>What others write is read equal, as a whole and in random boxes.</summary>
public sealed class OracleReadingTests(OracleFiles oracle)
{
    [Theory]
    [InlineData("tifffile", 400)]
    [InlineData("libtiff", 370)]
    [InlineData("ffmpeg", 60)]
    [InlineData("samples", 90)]
    [InlineData("real", 4)]
    public void Every_file_of_another_writer_reads_back_equal(string writer, int least)
    {
        IReadOnlyList<OracleFiles.Case> cases = oracle.Cases(writer);
        Assert.True(cases.Count >= least, $"{cases.Count} files of {writer} were made, and at least {least} were expected.");

        var differing = new List<string>();
        var random = new Random(11);
        foreach (OracleFiles.Case one in cases)
        {
            try
            {
                if (Difference(one, random) is { } difference)
                    differing.Add($"{one}: {difference}");
            }
            catch (InvalidDataException refused)
            {
                differing.Add($"{one}: {refused.Message}");
            }
        }

        Assert.Empty(differing);
    }

    [Fact]
    public void Frames_of_many_files_read_like_the_files_one_by_one()
    {
        OracleFiles.Case[] frames = [.. oracle.Cases("ffmpeg").Where(one => one.File.StartsWith("ff-gray16le-lzw-", StringComparison.Ordinal))];
        IBlockSource stack = ImageStack.Source<ushort>(oracle.PathOf("ff-gray16le-lzw-*.tif"));

        Assert.Equal([frames.Length, .. frames[0].Shape], stack.Shape);
        Assert.Equal(frames.SelectMany(oracle.Expected), stack.ReadAll());
    }

    private string? Difference(OracleFiles.Case one, Random random)
    {
        TiffStackSource source = Sources.Open(oracle.PathOf(one.File));
        byte[] expected = oracle.Expected(one);
        Shape shape = Shape.Create(one.Shape);
        Shape actual = source.Shape[0] == 1 && source.Shape.Rank > shape.Rank ? [.. source.Shape.Skip(1)] : source.Shape;
        if (source.ElementType.Name != one.Type || actual != shape)
            return $"is {source.ElementType.Name} of {source.Shape}";
        if (!source.ReadAll().AsSpan().SequenceEqual(expected))
            return "elements differ";

        for (int i = 0; i < 5; i++)
        {
            Region region = Sources.RandomRegion(random, source.Shape);
            if (!source.Read(region).AsSpan().SequenceEqual(Sources.Slice(expected, source.Shape, region, source.ElementType.Size)))
                return $"elements of {region} differ";
        }

        return null;
    }
}
