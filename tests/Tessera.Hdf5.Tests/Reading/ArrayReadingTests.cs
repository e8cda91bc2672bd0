namespace Tessera.Hdf5Format.Tests;

/// <summary>Numbers that the reference library wrote are read equal: of every type, layout, index and filter, as a whole and in random boxes.</summary>
public sealed class ArrayReadingTests(ReferenceArrays reference)
{
    [Theory]
    [InlineData("types", 250)]
    [InlineData("shapes", 200)]
    [InlineData("filters", 100)]
    [InlineData("edges", 3)]
    [InlineData("fills", 130)]
    [InlineData("changed", 40)]
    public void Every_dataset_of_the_reference_library_reads_back_equal(string kind, int least)
    {
        ReferenceArrays.Case[] cases = [.. reference.Cases.Where(one => one.File.StartsWith(kind, StringComparison.Ordinal))];
        Assert.True(cases.Length >= least, $"{cases.Length} datasets were made, and at least {least} were expected.");

        var differing = new List<string>();
        var random = new Random(11);
        foreach (IGrouping<string, ReferenceArrays.Case> group in cases.GroupBy(one => one.File))
        {
            using Hdf5File file = Hdf5File.Open(reference.PathOf(group.Key));
            foreach (ReferenceArrays.Case one in group)
            {
                try
                {
                    if (one.Difference(file.Dataset(one.Path), bytes => reference.Expected(one, bytes), random) is { } difference)
                        differing.Add($"{one}: {difference}");
                }
                catch (Exception refused) when (refused is InvalidDataException or NotSupportedException)
                {
                    differing.Add($"{one}: {refused.Message}");
                }
            }
        }

        Assert.Empty(differing);
    }
}
