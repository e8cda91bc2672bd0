using System.Globalization;

namespace Tessera.Tests.Pools;

/// <summary>Programs that change what belongs to a whole program.</summary>
internal static class SurroundingsPrograms
{
    public static void ChangeFolderAndDefaults()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        pool.Apply(() => 0); // it has begun before anything changes
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.DefaultThreadCurrentCulture = culture;
        Console.WriteLine($"{pool.Apply(InNewThread)} in new threads");

        string temporary = Path.GetTempPath().TrimEnd('/');
        Environment.CurrentDirectory = temporary;
        Console.WriteLine($"in {pool.Apply(() => Environment.CurrentDirectory)}");

        string gone = Directory.CreateDirectory(Path.Combine(temporary, "gone")).FullName;
        Environment.CurrentDirectory = gone;
        pool.Apply(() => 0);
        Environment.CurrentDirectory = temporary;
        pool.Apply(() => 0);
        Environment.CurrentDirectory = gone;
        try
        {
            // The workers are told when the work reaches them; by then the folder is another program's no more.
            pool.Map(n => n, Vanishing(gone));
        }
        catch (WorkerException failure)
        {
            Console.WriteLine(failure.Message.Contains("can't enter the current folder") ? "refused: can't enter" : failure.Message);
        }

        Environment.CurrentDirectory = temporary;
        Console.WriteLine(pool.Apply(() => Environment.CurrentDirectory) == temporary ? "and back" : "elsewhere");
    }

    private static IEnumerable<int> Vanishing(string folder)
    {
        Directory.Delete(folder);
        yield return 1;
    }

    private static string InNewThread()
    {
        string text = "";
        var thread = new Thread(() => text = 1.5.ToString());
        thread.UnsafeStart();
        thread.Join();
        return text;
    }

    public static void SpeakGerman()
    {
        using WorkerPool threads = WorkerPool.Threads(2), processes = WorkerPool.Processes(2);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new CultureInfo("de-DE"), CultureInfo.GetCultureInfo("en-GB"));
        foreach (WorkerPool pool in new[] { threads, processes })
        {
            (double number, string text) = pool.Apply(() => (
                double.Parse("1,5"),
                $"{1234.5:N1} {new DateTime(2024, 1, 2):dddd} {CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentUICulture.Name}"));
            Console.WriteLine($"{pool}: {number.ToString(CultureInfo.InvariantCulture)} {text}");
        }
    }
}
