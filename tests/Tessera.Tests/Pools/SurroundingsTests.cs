using System.Globalization;
using Tessera.Pools;

namespace Tessera.Tests.Pools;

/// <summary>What functions see of the program around them is the same on threads and in processes.</summary>
public class SurroundingsTests
{
    /// <summary>As German writes numbers and days, made here: the tests run without the data of other cultures.</summary>
    private static CultureInfo German(string separator = ",")
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = separator;
        culture.NumberFormat.NumberGroupSeparator = separator == "." ? "," : ".";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }

    private static T Under<T>(CultureInfo culture, Func<T> function, CultureInfo? uiCulture = null)
    {
        (CultureInfo before, CultureInfo beforeUI) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture ?? beforeUI);
            return function();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUI);
        }
    }

    private static double Parse(string text) => double.Parse(text);

    private static async Task<double> ParseAsync(string text)
    {
        await Task.Delay(1).ConfigureAwait(false);
        return double.Parse(text);
    }

    private static readonly string[] Texts = [.. Enumerable.Range(0, 100).Select(n => $"{n},5")];
    private static readonly double[] Numbers = [.. Enumerable.Range(0, 100).Select(n => n + 0.5)];

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Functions_see_the_culture_of_who_calls_for_them(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Under(German(), () =>
        {
            Assert.Equal(Numbers, pool.Map(Parse, Texts));
            Assert.Equal(Numbers, pool.MapLazy(Parse, Texts));
            Assert.Equal(Numbers, pool.MapUnordered(Parse, Texts).Order());
            Assert.Equal(1.5, pool.Apply(Parse, "1,5"));
            Assert.Equal("03.02.2020", pool.Apply(() => new DateTime(2020, 2, 3).ToString("d")));
            return 0;
        });
        Task<double[]> later = Under(German(), () => pool.MapAsync(ParseAsync, Texts));
        Assert.Equal(15, pool.Apply(Parse, "1,5")); // and none after
        Assert.Equal([15.0], pool.Map(Parse, new[] { "1,5" }));
        Assert.Equal(Numbers, await later);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task The_sequence_of_inputs_sees_it_too(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        (Task<double[]> eager, List<double> lazy) = Under(
            German(), () => (pool.MapAsync((double n) => n, Texts.Select(Parse)), pool.MapLazy((double n) => n, Texts.Select(Parse)).ToList()));
        Assert.Equal(Numbers, await eager);
        Assert.Equal(Numbers, lazy);
        CultureInfo.CurrentCulture = German(); // of this asynchronous flow
        Assert.Equal(Numbers, await pool.MapLazyAsync(Parse, Later()).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Numbers, await pool.MapLazyAsync((double n) => n, Parsed()).ToListAsync(TestContext.Current.CancellationToken));

        static async IAsyncEnumerable<string> Later()
        {
            foreach (string text in Texts)
            {
                await Task.Yield();
                yield return text;
            }
        }

        static async IAsyncEnumerable<double> Parsed()
        {
            await foreach (string text in Later())
                yield return double.Parse(text);
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Jobs_of_several_cultures_share_the_workers(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        var options = new MapOptions { ChunkSize = 2 };
        Task<string[]>[] maps = [.. Enumerable.Range(0, 12).Select(k => Under(
            German($"{k}"), () => pool.MapAsync((int n) => (n + 0.5).ToString(), Enumerable.Range(0, 50), options)))];
        for (int k = 0; k < maps.Length; k++)
            Assert.Equal(Enumerable.Range(0, 50).Select(n => $"{n}{k}5"), await maps[k]);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_culture_that_is_changed_in_place_or_by_a_wrapper_is_what_it_says(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        CultureInfo culture = German();
        Under(culture, () =>
        {
            Assert.Equal("1,5", pool.Apply(() => 1.5.ToString()));
            culture.NumberFormat.NumberDecimalSeparator = ";";
            return Assert.IsType<string>(pool.Apply(() => 1.5.ToString()));
        });
        Assert.Equal("1;5", Under(CultureInfo.ReadOnly(culture), () => pool.Apply(() => 1.5.ToString())));
        culture.TextInfo.ListSeparator = "|";
        Assert.Equal(("|", "1;5"), Under(
            CultureInfo.InvariantCulture, () => pool.Apply(() => (CultureInfo.CurrentUICulture.TextInfo.ListSeparator, 1.5.ToString(CultureInfo.CurrentUICulture))), culture));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_culture_that_the_initializer_sets_stays(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 2, new PoolOptions { Initializer = () => CultureInfo.CurrentCulture = German("_") });
        Assert.All(Under(German(), () => pool.Map(n => $"{n + 0.5}", Enumerable.Range(0, 20))), text => Assert.EndsWith("_5", text));
        using WorkerPool other = Under(German(), () => Kinds.Make(kind, 1, new PoolOptions { Initializer = static () => Seen = 1.5.ToString() }));
        Assert.Equal("1,5", other.Apply(() => Seen)); // it sees those of who made the pool
    }

    private static string? Seen { get; set; }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_map_within_a_function_leaves_its_culture_as_it_was(string kind)
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        WorkerPool inner = kind == "threads" ? pool : Kinds.Shared(kind);
        string[] seen = Under(German(), () => pool.Apply(() =>
        {
            CultureInfo.CurrentCulture = German("_");
            return inner.Map(n => $"{n + 0.5}", Enumerable.Range(0, 2)).Append($"{1.5}").ToArray();
        }));
        Assert.Equal(["0_5", "1_5", "1_5"], seen);
    }

    public static TheoryData<string> SchedulerNames => ["serial", "threads", "processes"];

    private static ComputeOptions On(string scheduler) => new()
    {
        Scheduler = scheduler switch
        {
            "serial" => Schedulers.Serial,
            "threads" => Schedulers.Threads(3),
            _ => Schedulers.Processes(Kinds.Shared("processes")),
        },
    };

    [Theory, MemberData(nameof(SchedulerNames))]
    public async Task Computations_see_the_culture_of_who_computes(string scheduler)
    {
        ComputeOptions options = On(scheduler);
        var parse = Delayed.Function((string text) => double.Parse(text));
        var parseLater = Delayed.Function((string text) => ParseAsync(text));
        Delayed<double>[] values = [.. Texts.Select(text => parse(text)), .. Texts.Select(text => parseLater(text))];
        Delayed<double> bound = parse("1,5").SelectMany(first => parse($"{first}"));
        ChunkedArray<double> array = ChunkedArray.FromFunction(index => double.Parse($"{index[0]},5"), shape: [100], chunks: [10]);
        Under(German(), () =>
        {
            Assert.Equal([.. Numbers, .. Numbers], Delayed.WhenAll(values).Compute(options));
            Assert.Equal(1.5, bound.Compute(options));
            Assert.Equal(50, array.Mean().Compute(options));
            return 0;
        });
        Assert.Equal(15, parse("1,5").Compute(options));
        Task<IReadOnlyList<double>> later = Under(German(), () => Delayed.WhenAll(values).ComputeAsync(options));
        Assert.Equal([.. Numbers, .. Numbers], await later);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Variables_and_switches_that_the_program_sets_later_are_seen(string kind)
    {
        const string name = "TESSERA_TEST_SURROUNDINGS", own = "TESSERA_TEST_OWN", setting = "Tessera.Tests.Surroundings", datum = "Tessera.Tests.Datum";
        Environment.SetEnvironmentVariable(name, "before");
        using WorkerPool pool = Kinds.Make(kind, 2, new PoolOptions { Initializer = () => Environment.SetEnvironmentVariable(own, "initializer") });
        foreach (string? value in new[] { "first", "zweite", null, "first" })
        {
            Environment.SetEnvironmentVariable(name, value);
            AppContext.SetSwitch(setting, value == "first");
            AppContext.SetData(datum, value);
            Assert.All(pool.Map(_ => Look(), Enumerable.Range(0, 20), new MapOptions { ChunkSize = 1 }), seen => Assert.Equal((value, value == "first", value, "initializer"), seen));
        }

        Environment.SetEnvironmentVariable(own, null);

        static (string?, bool, string?, string?) Look() => (
            Environment.GetEnvironmentVariable(name),
            AppContext.TryGetSwitch(setting, out bool isOn) && isOn,
            (string?)AppContext.GetData(datum),
            Environment.GetEnvironmentVariable(own));
    }

    [Fact]
    public void The_settings_of_the_context_are_found()
    {
        AppContext.SetSwitch("Tessera.Tests.Found", true);
        AppContext.SetData("TESSERA_TESTS_FOUND", TimeSpan.FromSeconds(3));
        Assert.True(AppContextSettings.Switches()["Tessera.Tests.Found"]);
        Assert.Equal(TimeSpan.FromSeconds(3), AppContextSettings.Data()["TESSERA_TESTS_FOUND"]);
        Assert.DoesNotContain("TRUSTED_PLATFORM_ASSEMBLIES", AppContextSettings.Data().Keys);
    }

    /// <summary>In a program of its own, because these belong to all of one.</summary>
    [Fact]
    public void The_current_folder_and_the_cultures_of_new_threads_are_seen()
    {
        using var program = new ChildProgram("surroundings");
        program.End();
        Assert.Equal(["1,5 in new threads", $"in {program.Temporary}", "refused: can't enter", "and back"], program.Output);
    }

    /// <summary>With the data of the system, where it has any: the law of the house's programs is that they need none.</summary>
    [Fact]
    public void A_culture_of_the_system_is_seen()
    {
        string[] folders = ["/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];
        if (!folders.Where(Directory.Exists).Any(folder => Directory.GetFiles(folder, "libicuuc.so.*").Length > 0))
        {
            Assert.False(Environment.GetEnvironmentVariable("TESSERA_REQUIRE_ALL") == "1", "Not found: libicu.");
            Assert.Skip("Not found: libicu.");
        }

        using var program = new ChildProgram("german", ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"), ("DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY", "0"));
        program.End();
        Assert.Equal(["threads(2): 1.5 1.234,5 Dienstag de-DE en-GB", "processes(2): 1.5 1.234,5 Dienstag de-DE en-GB"], program.Output);
    }
}
