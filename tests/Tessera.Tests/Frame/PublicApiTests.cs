using System.Reflection;

namespace Tessera.Tests.Frame;

/// <summary>Holds docs/api against the assemblies, so that a change of what is public is seen in a review.</summary>
public class PublicApiTests
{
    private const string Accept = "TESSERA_ACCEPT_API";

    [Theory]
    [InlineData("Tessera")]
    [InlineData("Tessera.Hdf5")]
    [InlineData("Tessera.Tiff")]
    public void The_public_members_are_those_that_were_reviewed(string assembly)
    {
        string file = Path.Combine(Repository.Root, "docs", "api", assembly + ".txt");
        IReadOnlyList<string> actual = ApiListing.Of(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, string.Concat(actual.Select(line => line + "\n")));
        }

        string[] reviewed = File.Exists(file) ? File.ReadAllLines(file) : [];
        string[] difference =
            [.. actual.Except(reviewed).Select(line => "+ " + line), .. reviewed.Except(actual).Select(line => "- " + line)];
        Assert.True(
            difference.Length == 0,
            $"The public members of {assembly} are not those in docs/api/{assembly}.txt (+ is new, - is gone):\n{string.Join('\n', difference)}\n" +
            $"If that is meant, run this test with the environment variable {Accept}=1, which rewrites the file, and commit it.");
        Assert.Equal(reviewed, actual);
    }

    [Fact]
    public void A_listing_reads_as_CSharp()
    {
        IReadOnlyList<string> lines = ApiListing.Of(typeof(Shape).Assembly);
        Assert.Contains("Shape | readonly struct : IEquatable<Shape>, IReadOnlyList<long>", lines);
        Assert.Contains("Shape | static Shape Create(ReadOnlySpan<long> sizes)", lines);
        Assert.Contains("Shape | long this[int axis] { get; }", lines);
        Assert.Contains("Shape | static bool operator ==(Shape left, Shape right)", lines);
        Assert.Contains("ElementType | enum : byte", lines);
        Assert.Contains("ElementType | Double = 10", lines);
        Assert.Contains("ElementTypes | static int get_Size(ElementType type)", lines);
        Assert.Contains("IBlockSource | void Read(Region region, Span<byte> destination, CancellationToken cancellation)", lines);
    }
}
