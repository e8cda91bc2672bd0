using System.Diagnostics;

namespace Tessera.Tests.Pools.Orders;

/// <summary>
/// Every order of the steps of a map: whoever waits for it has all results, or the exception that says why not, and nobody waits for ever. More inputs and workers
/// are tried with TESSERA_ORDERS=all, which takes minutes.
/// </summary>
public class JobOrderTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("TESSERA_ORDERS") == "all";

    // What goes on on threads of the .NET pool takes no turns: those ways are tried by chance, in StopTests.
    private static readonly string[] Ways = ["Map", "Apply", "MapLazy", "MapUnordered", "MapAsync", "ForEach"];

    private static readonly string[] Ends = ["token", "Terminate", "Dispose", "failure"];

    /// <summary>What ends a map, and how it is waited for; without more time, those that take seconds.</summary>
    public static TheoryData<string, string> WaysAndEnds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string way in Ways)
            {
                foreach (string end in Ends)
                {
                    if (All || way == "Map" || end == "failure" || (way, end) == ("Apply", "Dispose"))
                        data.Add(way, end);
                }
            }

            return data;
        }
    }

    private static int[] Inputs(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>Waits for a map in one of the ways; all results, or what they aren't.</summary>
    private static string Wait(string way, WorkerPool pool, int[] inputs, MapOptions options, int failing = -1)
    {
        int Function(int n) => n == failing ? throw new InvalidDataException("No.") : n + 10;
        int[] right = [.. inputs.Select(n => n + 10)];
        try
        {
            switch (way)
            {
                case "Map":
                    return Told(pool.Map(Function, inputs, options), right);
                case "MapAsync":
                    Task<int[]> map = pool.MapAsync(Function, inputs, options);
                    pool.Crew.Wait(map);
                    return Told(map.Result, right);
                case "MapLazy":
                    return Told([.. pool.MapLazy(Function, inputs, options)], right);
                case "MapUnordered":
                    return Told([.. pool.MapUnordered(Function, inputs, options).Order()], right);
                case "ForEach":
                    int calls = 0;
                    pool.ForEach(n => { Interlocked.Add(ref calls, Function(n)); }, inputs, options);
                    return Told([calls], [right.Sum()]);
                case "Apply":
                    return Told([pool.Apply(Function, inputs[0], options)], [10]);
                default:
                    throw new ArgumentOutOfRangeException(nameof(way), way, null);
            }
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled.Message.Contains("terminated", StringComparison.Ordinal) ? "terminated" : cancelled.CancellationToken == options.Cancellation ? "cancelled" : "WRONG token";
        }
        catch (ObjectDisposedException)
        {
            return "disposed";
        }
        catch (InvalidOperationException refused) when (refused.Message.Contains("takes no more work", StringComparison.Ordinal))
        {
            return "refused";
        }
        catch (WorkerException failed) when (failed.InnerException is InvalidDataException)
        {
            return failed.Index == failing || way == "Apply" ? "failed" : "WRONG index";
        }
    }

    private static string Told(int[] results, int[] right) => results.SequenceEqual(right) ? "all" : $"WRONG: [{string.Join(", ", results)}]";

    /// <summary>A map, and one thing that ends it.</summary>
    private static Scenario Ended(string way, string end, int workers, int inputs)
    {
        MapOptions Options(CancellationTokenSource cancelling) => new() { ChunkSize = 1, LookAhead = 2, Cancellation = end == "token" ? cancelling.Token : default };
        string First(WorkerPool pool, CancellationTokenSource cancelling) => Wait(way, pool, Inputs(inputs), Options(cancelling), end == "failure" ? 0 : -1);
        string Ending(WorkerPool pool, CancellationTokenSource cancelling)
        {
            if (end == "token")
                cancelling.Cancel();
            else if (end == "Terminate")
                pool.Terminate();
            else
                pool.Dispose();
            return "";
        }

        return end == "failure" ? new Scenario(workers, First) : new Scenario(workers, First, Ending);
    }

    private static string[] Allowed(string end) => end switch
    {
        "token" => ["all", "cancelled"],
        "Terminate" => ["all", "terminated", "refused"],
        "Dispose" => ["all", "refused", "disposed"],
        _ => ["failed"],
    };

    private void Check(Scenario scenario, string name, string[] allowed)
    {
        var clock = Stopwatch.StartNew();
        Explorer explorer = new Explorer(scenario).Explore();
        output.WriteLine($"{name}: {explorer.Orders:N0} orders over {explorer.States:N0} states in {explorer.Runs:N0} runs and {clock.Elapsed.TotalSeconds:F1} s: " +
            string.Join(", ", explorer.Endings.Select(ending => $"{ending.Value.Orders:N0} {ending.Key}")));
        foreach ((string ending, (_, string example)) in explorer.Endings)
            Assert.True(allowed.Contains(ending), $"{name} ended with: {ending}. After: {example}");
        Assert.Empty(explorer.EndingsOfKnown.Except(allowed));
        Assert.True(explorer.Endings.Count > 1 || allowed.Length == 1, "It can end in more than one way.");
    }

    [Theory, MemberData(nameof(WaysAndEnds))]
    public void A_map_that_one_thing_ends_gives_all_or_says_why_not_in_every_order(string way, string end)
    {
        int inputs = way == "Apply" ? 1 : 2;
        Check(Ended(way, end, 1, inputs), $"{way}, {end}, 1 worker, {inputs} inputs", Allowed(end));
        if (All)
            Check(Ended(way, end, 2, inputs), $"{way}, {end}, 2 workers, {inputs} inputs", Allowed(end));
    }

    /// <summary>Where states are merged the same orders are counted as where each is run.</summary>
    [Fact]
    public void Orders_are_counted_as_if_each_were_run()
    {
        Scenario scenario = new(
            1,
            (pool, cancelling) => Wait("Apply", pool, [0], new MapOptions { ChunkSize = 1 }));
        Explorer each = new Explorer(scenario, merges: false).Explore(), merged = new Explorer(scenario).Explore();
        output.WriteLine($"{each.Orders:N0} orders: {each.Runs:N0} runs, {merged.Runs:N0} where states are merged");
        Assert.Equal(each.Runs, (int)each.Orders);
        Assert.Equal(
            each.Endings.Select(ending => (ending.Key, ending.Value.Orders)).Order(),
            merged.Endings.Select(ending => (ending.Key, ending.Value.Orders)).Order());
        Assert.True(merged.Runs < each.Runs);
    }
}
