namespace Tessera.Hdf5Format.Tests;

/// <summary>Mutated files that lead to each other end in a result or in a refusal, soon, and without much memory.</summary>
public sealed class OtherFilesFuzzTests : IDisposable
{
    private const long MostAllocated = 128 << 20;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mutated_files_that_lead_to_others_end_in_a_result_or_a_refusal()
    {
        string sound = Directory.CreateDirectory(_folder.PathOf("sound")).FullName;
        Python.Run("others.py", "seeds", sound);
        string[] masters = ["old-virtual.h5", "new-virtual.h5", "old-links.h5", "new-links.h5"], sources = ["old-a.h5", "new-a.h5"];
        string[] names = [.. masters, .. masters, .. sources];
        Hdf5Damage.Seed[] seeds = [.. names.Select(name => Hdf5Damage.Read(Path.Combine(sound, name)))];
        foreach (Hdf5Damage.Seed seed in seeds)
            seed.Pieces.AddRange(SourceLists(seed.File));
        Assert.True(seeds[0].Pieces.Count > 50, "No list of sources would be made whole again.");
        Assert.All(masters, name => Assert.True(Walk.Everything(Path.Combine(sound, name)), name));

        var run = new FuzzRun(MostAllocated);
        run.ReadAll(seeds, 1_000, leastRefused: 1 / 6.0, (seed, number) =>
        {
            byte[] mutant = Hdf5Damage.Of(seed, new Random(number));
            bool isMaster = !seed.Name.EndsWith("-a", StringComparison.Ordinal);
            string folder = _folder.PathOf($"{number}");
            // A mutated source is led to by a sound file, which needs a folder of its own with it.
            string path = isMaster ? Path.Combine(sound, $"mutant{number}.h5") : Path.Combine(folder, seed.Name.Replace("-a", "-virtual", StringComparison.Ordinal) + ".h5");
            if (!isMaster)
                Copy(sound, folder, seed.Name[..4]);
            File.WriteAllBytes(isMaster ? path : Path.Combine(folder, seed.Name + ".h5"), mutant);
            run.Read($"mutant {number} of {seed.Name}", () => Walk.Everything(path));
            if (isMaster)
                File.Delete(path);
            else
                Directory.Delete(folder, recursive: true);
        });
    }

    /// <summary>The lists of the sources of virtual datasets: objects of the global heap that end with their checksum.</summary>
    private static List<(int Start, int Checksum)> SourceLists(byte[] file)
    {
        const int Header = 16;
        var lists = new List<(int Start, int Checksum)>();
        foreach (int collection in Structures.All(file, "GCOL"))
        {
            long end = Math.Min(file.Length, collection + BitConverter.ToInt64(file, collection + 8));
            for (int at = collection + Header; at + Header < end && BitConverter.ToUInt16(file, at) != 0;)
            {
                (int start, int size) = (at + Header, (int)BitConverter.ToInt64(file, at + 8));
                int checksum = start + size - 4;
                if (size > Header && checksum + 4 <= end && Lookup3.Hash(file.AsSpan(start, checksum - start)) == BitConverter.ToUInt32(file, checksum))
                    lists.Add((start, checksum));
                at = start + (size + 7) / 8 * 8;
            }
        }

        return lists;
    }

    private static void Copy(string from, string to, string prefix)
    {
        Directory.CreateDirectory(Path.Combine(to, "sub"));
        foreach (string file in Directory.GetFiles(from, $"{prefix}*.h5", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
