using System.Diagnostics;
using System.Globalization;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Mutated files end in a result or in a refusal, soon, and without much memory, whatever is asked of them.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Mutants = 5_000;
    private const int MutantsOfRecords = 1_000; // or as many as TESSERA_FUZZ_FILES says
    private const long MostAllocated = 96 << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30); // of one file, on a machine that does much else
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Five_thousand_mutated_files_end_in_a_result_or_a_refusal() => Fuzz(Seeds(), Mutants);

    [Fact]
    public void Mutated_files_of_records_and_odd_names_end_in_a_result_or_a_refusal() => Fuzz(
        [.. Seeds().Where(seed => seed.Name.StartsWith("small_records", StringComparison.Ordinal) || seed.Name.StartsWith("small_names", StringComparison.Ordinal))],
        int.Parse(Environment.GetEnvironmentVariable("TESSERA_FUZZ_FILES") ?? $"{MutantsOfRecords}", CultureInfo.InvariantCulture));

    private void Fuzz(Mutation.Seed[] seeds, int mutants)
    {
        int refusing = 0;
        var wrong = new List<string>();
        Parallel.For(0, mutants, number =>
        {
            Mutation.Seed seed = seeds[number % seeds.Length];
            string path = _folder.Put($"{number}.h5", Mutation.Of(seed, new Random(number)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            try
            {
                if (!Walk.Everything(path))
                    Interlocked.Increment(ref refusing);
            }
            catch (Exception other)
            {
                Note($"{other.GetType()}: {other.Message}\n{other.StackTrace}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > MostAllocated)
                Note($"{allocated} bytes allocated");
            if (clock.Elapsed > MostTime)
                Note($"{clock.Elapsed} taken");
            File.Delete(path);

            void Note(string what)
            {
                lock (wrong)
                    wrong.Add($"mutant {number} of {seed.Name}: {what}");
            }
        });

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {mutants}:\n{string.Join('\n', wrong.Take(10))}");
        Assert.True(refusing > mutants / 4 && refusing < mutants * 19 / 20, $"{refusing} had something to refuse; the mutations miss what they aim at.");
    }

    [Fact]
    public void The_seeds_themselves_are_read() =>
        Assert.All(Seeds(), seed => Assert.True(Walk.Everything(_folder.Put("seed.h5", seed.File)), seed.Name));

    private Mutation.Seed[] Seeds()
    {
        Python.Run("reading.py", "seeds", _folder.Path);
        Mutation.Seed[] seeds = [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(Mutation.Read)];
        Assert.Equal(49, seeds.Length);
        return seeds;
    }
}
