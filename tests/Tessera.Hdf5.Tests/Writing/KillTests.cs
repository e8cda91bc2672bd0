using System.Diagnostics;

namespace Tessera.Hdf5Format.Tests;

public sealed class KillTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each kill takes about a second; set TESSERA_KILLS for many.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("TESSERA_KILLS"), out int kills) ? kills : 8;

    /// <summary>Where a slow machine wrote nothing between the first ones.</summary>
    private const int MostKills = 60;

    [Fact]
    public void A_process_that_is_killed_while_it_writes_leaves_the_old_file_or_the_new_one()
    {
        var random = new Random(Kills);
        string path = _folder.PathOf("written.h5");
        int last = -1;
        for (int i = 0; i < Kills || (last <= 0 && i < MostKills); i++)
        {
            using (Process writer = Start(path, last + 1))
            {
                Assert.Equal("begun", writer.StandardOutput.ReadLine());
                Thread.Sleep(random.Next(i % 2 == 0 ? 100 : 600));
                writer.Kill();
                writer.WaitForExit();
            }

            int whole = int.Parse(Python.Run("writing.py", "killed", path));
            Assert.True(whole >= last, $"Version {last} was there, and then {whole}.");
            last = whole;
            foreach (string part in Directory.GetFiles(_folder.Path, ".written.h5.*.part"))
                File.Delete(part);
            Assert.All(Directory.GetFileSystemEntries(_folder.Path), entry => Assert.Equal(path, entry));
        }

        Assert.True(last > 0, "Nothing was written.");
    }

    private static Process Start(string path, int version) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tessera.Hdf5.Tests.Writer.dll"), path, $"{version}"]) { RedirectStandardOutput = true })!;
}
