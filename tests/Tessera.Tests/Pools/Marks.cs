namespace Tessera.Tests.Pools;

/// <summary>Files of a folder by which functions in any process tell the test what they did, and are told when to go on. Travels by its path.</summary>
internal sealed class Marks : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("pool-tests-").FullName;

    public string Folder => _folder;

    public string[] Names => [.. Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    /// <summary>True for the first who makes it.</summary>
    public bool Make(string name)
    {
        try
        {
            using var _ = new FileStream(Path.Combine(_folder, name), FileMode.CreateNew);
            return true;
        }
        catch (IOException) when (Has(name))
        {
            return false;
        }
    }

    public bool Has(string name) => File.Exists(Path.Combine(_folder, name));

    public void Await(string name) => Await(() => Has(name), name);

    /// <summary>Waits for what has no event; long enough for any machine.</summary>
    public static void Await(Func<bool> condition, string what)
    {
        for (DateTime end = DateTime.UtcNow + Patience; !condition(); Thread.Sleep(2))
            Assert.True(DateTime.UtcNow < end, $"It did not happen: {what}");
    }

    /// <summary>Waits until the garbage collector has found that nobody holds it.</summary>
    public static void AwaitCollection(WeakReference held) => Await(
        () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !held.IsAlive;
        },
        "it is let go");

    public static bool IsAlive(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A function that was left behind may make a mark while the folder is being emptied; then it is emptied once more.</summary>
    public void Dispose() => Await(TryDelete, $"{_folder} is gone");

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
