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
        Assembly tour = Compile(CodeOf(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))), folder);
        string before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        var written = new StringWriter();
        Console.SetOut(written);
        Environment.CurrentDirectory = folder;
        try
        {
            object? result = tour.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
            if (result is Task running)
                await running;
            Assert.True(File.Exists(Path.Combine(folder, "frames", "projection.png")));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(console);
            Directory.Delete(folder, recursive: true);
        }

        // The table that the README shows is the one that the tour prints.
        string[] shown = Lines(TextBlock().Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Groups[1].Value);
        Assert.Equal(shown, Lines(written.ToString()).Take(shown.Length));
    }

    [Fact]
    public void A_tour_that_does_not_compile_is_found() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Compile("ChunkedArray<int> x = Nothing.OfTheKind();", Path.GetTempPath()));

    private static string[] Lines(string text) => [.. text.Trim('\r', '\n').Split('\n').Select(line => line.TrimEnd())];

    private static string CodeOf(string markdown) => string.Join('\n', CodeBlock().Matches(markdown).Select(block => block.Groups[1].Value));

    private static Assembly Compile(string code, string folder)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Tour",
            [CSharpSyntaxTree.ParseText(code, options), CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        string file = Path.Combine(folder, "Tour.dll"); // worker processes load it from there
        var outcome = compilation.Emit(file);
        Assert.True(outcome.Success, string.Join('\n', outcome.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("```text\n( +Array.*?)```", RegexOptions.Singleline)]
    private static partial Regex TextBlock();
}
