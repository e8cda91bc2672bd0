namespace Tessera.Bench;

/// <summary>The program's whole way: limits, cases, limits again, report.</summary>
internal static class Benchmark
{
    /// <summary>Measures what was asked for. 0, or 1 where a case failed in Tessera or contenders came to different answers.</summary>
    public static int Run(CommandLine asked)
    {
        Directory.CreateDirectory(asked.Data);
        Children.EndWithThisProcess();
        var starter = new Starter(asked.Data, asked.PythonPath, asked.Against);
        foreach (Case one in asked.Cases)
            one.Files?.Invoke(asked.Data);

        string head = MachineText.Head(starter);
        IReadOnlyList<Limit> limits = Limit.For(asked.Cases);
        LimitSeries atStart = LimitSeries.Measure(limits, starter, asked.Runs);
        var table = new RatioTable();
        bool failed = false;
        foreach (Case one in asked.Cases)
        {
            Console.Error.WriteLine($"{one.Name}: {one.What}");
            IReadOnlyList<Result> results = Match.Play(one, starter, asked.Runs);
            table.Add(one, results);
            failed |= results[0].Fault is not null || results.Any(result => result.IsOtherThan(results[0], one));
        }

        LimitSeries atEnd = LimitSeries.Measure(limits, starter, asked.Runs);
        string report = string.Join('\n', head, LimitTable.ToMarkdown(limits, atStart, atEnd), table.ToMarkdown());
        Console.WriteLine(report);
        Directory.CreateDirectory(Path.GetDirectoryName(asked.Output)!);
        File.WriteAllText(asked.Output, report);
        Console.Error.WriteLine($"Written to {asked.Output}.");
        if (failed)
            Console.Error.WriteLine("A case failed in Tessera, or a contender came to another answer: see the notes below the table.");
        return failed ? 1 : 0;
    }
}
