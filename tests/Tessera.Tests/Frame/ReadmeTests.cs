using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tessera.Tests.Memory;

namespace Tessera.Tests.Frame;

/// <summary>The README's tour is a program: its C# blocks, one after another, compile without a warning and run.</summary>
[Collection(nameof(Alone))] // it borrows the console and the current folder
public sealed partial class ReadmeTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    [Fact]
    public async Task The_tour_compiles_and_runs()
    {
        string folder = Directory.CreateTempSubdirectory("tessera-tour").FullName;
        Assembly tour = Compile("Tour", CodeOf(Readme(without: Hdf5Part())), folder);
        string written = await Run(tour, folder, () => Assert.True(File.Exists(Path.Combine(folder, "frames", "projection.png"))));

        // The table that the README shows is the one that the tour prints.
        string[] shown = Lines(TextBlock().Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Groups[1].Value);
        Assert.Equal(shown, Lines(written).Take(shown.Length));
    }

    [Fact]
    public async Task The_part_on_HDF5_compiles_and_runs()
    {
        string folder = Directory.CreateTempSubdirectory("tessera-tour").FullName;
        Assembly part = Compile("Hdf5Part", CodeOf(Hdf5Part().Match(Readme()).Value), folder);
        try
        {
            Assert.EndsWith("counts", (await Run(part, folder, () => Assert.True(File.Exists(Path.Combine(folder, "movie.h5"))))).TrimEnd());
        }
        catch (TargetInvocationException missing) when (missing.InnerException is DllNotFoundException library)
        {
            if (Environment.GetEnvironmentVariable("TESSERA_REQUIRE_ALL") == "1")
                throw;
            Assert.Skip(library.Message);
        }
    }

    [Fact]
    public async Task The_page_on_sources_and_sinks_compiles_and_runs()
    {
        string folder = Directory.CreateTempSubdirectory("tessera-tour").FullName;
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "sources-and-sinks.md"));
        string[] written = Lines(await Run(Compile("SourcesAndSinks", CodeOf(page), folder), folder, () => { }));
        Assert.Equal(2, written.Length);
    }

    [Fact]
    public void A_tour_that_does_not_compile_is_found() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Compile("Wrong", "ChunkedArray<int> x = Nothing.OfTheKind();", Path.GetTempPath()));

    /// <summary>Runs a program in a folder of its own, which is removed; gives what it prints.</summary>
    private static async Task<string> Run(Assembly program, string folder, Action check)
    {
        string before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        var written = new StringWriter();
        Console.SetOut(written);
        Environment.CurrentDirectory = folder;
        try
        {
            object? result = program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
            if (result is Task running)
                await running;
            check();
            return written.ToString();
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(console);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Readme(Regex? without = null)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        return without is null ? text : without.Replace(text, "");
    }

    private static string[] Lines(string text) => [.. text.Trim('\r', '\n').Split('\n').Select(line => line.TrimEnd())];

    private static string CodeOf(string markdown) => string.Join('\n', CodeBlock().Matches(markdown).Select(block => block.Groups[1].Value));

    private static Assembly Compile(string name, string code, string folder)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code, options), CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        string file = Path.Combine(folder, $"{name}.dll"); // worker processes load it from there
        var outcome = compilation.Emit(file);
        Assert.True(outcome.Success, string.Join('\n', outcome.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("\n## HDF5\n.*?(?=\n## )", RegexOptions.Singleline)]
    private static partial Regex Hdf5Part();

    [GeneratedRegex("```text\n( +Array.*?)```", RegexOptions.Singleline)]
    private static partial Regex TextBlock();
}
