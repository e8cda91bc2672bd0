using System.Diagnostics;
using System.Globalization;

namespace Tessera.Files.Tests;

/// <summary>Reads damaged files: each ends in a result or in a refusal, soon and without much memory. Safe for any number of threads.</summary>
/// <param name="mostAllocated">Bytes that reading one of them may allocate.</param>
internal sealed class FuzzRun(long mostAllocated)
{
    /// <summary>That reading one file may take.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    private const int Tries = 3;


    private readonly List<string> _wrong = [];
    private int _read, _refused;

    /// <summary>As many files as are asked for, times TESSERA_FUZZ_TIMES.</summary>
    public static int Times(int usual) =>
        usual * (int.TryParse(Environment.GetEnvironmentVariable("TESSERA_FUZZ_TIMES"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 1);

    /// <summary>Reads one damaged file after the other, several at once, and asserts that none went wrong and that the damage met what it aims at.</summary>
    /// <param name="seeds">The sound files, which take turns.</param>
    /// <param name="usual">How many damaged ones there are; see <see cref="Times"/>.</param>
    /// <param name="leastRefused">Which part of them must be refused; of those that are read it is a twentieth.</param>
    /// <param name="read">Makes the file of a number out of a seed and reads it within <see cref="Read"/>.</param>
    public void ReadAll<TSeed>(IReadOnlyList<TSeed> seeds, int usual, double leastRefused, Action<TSeed, int> read)
    {
        int files = Times(usual);
        Parallel.For(0, files, number => read(seeds[number % seeds.Count], number));
        Assert.True(_wrong.Count == 0, $"{_wrong.Count} of {files}:\n{string.Join('\n', _wrong.Take(10))}");
        Assert.Equal(files, _read + _refused);
        Assert.True(_read > files / 20.0 && _refused > files * leastRefused, $"{_read} were read and {_refused} refused; the damage misses what it aims at.");
    }

    /// <summary>Reads a file.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="read">True if nothing of it was refused; an <see cref="InvalidDataException"/> is a refusal, too.</param>
    public void Read(string name, Func<bool> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        try
        {
            Interlocked.Increment(ref (read() ? ref _read : ref _refused));
        }
        catch (InvalidDataException)
        {
            Interlocked.Increment(ref _refused);
        }
        catch (Exception other)
        {
            Note($"{other.GetType()}: {other.Message}\n{other.StackTrace}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > mostAllocated)
            Note($"{allocated} bytes allocated");
        if (clock.Elapsed > MostTime && IsSlow(() => read()))
            Note($"{clock.Elapsed} taken, with {Tries} tries");

        void Note(string what)
        {
            lock (_wrong)
                _wrong.Add($"{name}: {what}");
        }
    }

    /// <summary>
    /// For a file that took too long once, which the machine may be to blame for: true if it takes too long each further time as well.
    /// </summary>
    public static bool IsSlow(Action read)
    {
        for (int tries = 1; tries < Tries; tries++)
        {
            var clock = Stopwatch.StartNew();
            _ = Record.Exception(read);
            if (clock.Elapsed <= MostTime)
                return false;
        }

        return true;
    }
}
