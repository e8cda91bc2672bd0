namespace Tessera.Hdf5Format.Tests;

/// <summary>Mutated files end in a result or in a refusal, soon, and without much memory, whatever is asked of them.</summary>
public sealed class FuzzTests : IDisposable
{
    private const long MostAllocated = 96 << 20;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Five_thousand_mutated_files_end_in_a_result_or_a_refusal() => Fuzz(Seeds(), 5_000);

    [Fact]
    public void Mutated_files_of_records_and_odd_names_end_in_a_result_or_a_refusal() => Fuzz(
        [.. Seeds().Where(seed => seed.Name.StartsWith("small_records", StringComparison.Ordinal) || seed.Name.StartsWith("small_names", StringComparison.Ordinal))], 1_000);

    private void Fuzz(Hdf5Damage.Seed[] seeds, int usual)
    {
        var run = new FuzzRun(MostAllocated);
        run.ReadAll(seeds, usual, leastRefused: 0.25, (seed, number) =>
        {
            string path = _folder.Put($"{number}.h5", Hdf5Damage.Of(seed, new Random(number)));
            run.Read($"mutant {number} of {seed.Name}", () => Walk.Everything(path));
            File.Delete(path);
        });
    }

    [Fact]
    public void The_seeds_themselves_are_read() =>
        Assert.All(Seeds(), seed => Assert.True(Walk.Everything(_folder.Put("seed.h5", seed.File)), seed.Name));

    private Hdf5Damage.Seed[] Seeds()
    {
        Python.Run("reading.py", "seeds", _folder.Path);
        Hdf5Damage.Seed[] seeds = [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(Hdf5Damage.Read)];
        Assert.Equal(49, seeds.Length);
        return seeds;
    }
}
