using System.Diagnostics;
using System.Text.Json;
using Tessera.Tests.Expressions;

namespace Tessera.Tests.Oracles;

/// <summary>
/// Has NumPy compute nodes, many in one process. Where there is no Python with NumPy the tests that need it are skipped, or fail if
/// TESSERA_REQUIRE_ALL is 1.
/// </summary>
internal static class NumPyOracle
{
    private static readonly Lazy<string?> Python = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasNumPy));

    /// <summary>The elements of each node.</summary>
    public static IReadOnlyList<Elements> Compute(IReadOnlyList<Node> asked)
    {
        Require();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tessera-numpy-");
        try
        {
            using (FileStream file = File.Create(Path.Combine(folder.FullName, "cases.json")))
                Write(file, asked);
            Print("numpy_oracle.py", folder.FullName);
            using FileStream results = File.OpenRead(Path.Combine(folder.FullName, "results.bin"));
            return [.. asked.Select(node => Read(results, node))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs a script of this folder, and gives what it prints.</summary>
    public static string Print(string script, params string[] arguments)
    {
        Require();
        (int exitCode, string output, string errors) = Run(Python.Value!, [Path.Combine(AppContext.BaseDirectory, "Oracles", script), .. arguments]);
        Assert.True(exitCode == 0, $"The oracle failed:\n{errors}");
        return output;
    }

    private static void Require()
    {
        const string Missing = "Not found: python3 with numpy.";
        if (Python.Value is not null)
            return;
        if (Environment.GetEnvironmentVariable("TESSERA_REQUIRE_ALL") == "1")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    private static void Write(Stream stream, IReadOnlyList<Node> asked)
    {
        var numbers = new Dictionary<Node, int>();
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (Node node in asked)
            Write(json, node, numbers);
        json.WriteEndArray();
        json.WriteStartArray("results");
        foreach (Node node in asked)
            json.WriteNumberValue(numbers[node]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Node node, Dictionary<Node, int> numbers)
    {
        if (numbers.ContainsKey(node))
            return;
        foreach (Node input in node.Inputs)
            Write(json, input, numbers);

        json.WriteStartObject();
        json.WriteString("op", node.Op);
        json.WriteString("type", node.Type.Name);
        Write(json, "shape", node.Shape);
        Write(json, "numbers", node.Numbers);
        Write(json, "inputs", node.Inputs.Select(input => (long)numbers[input]));
        json.WriteEndObject();
        numbers.Add(node, numbers.Count);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static Elements Read(Stream results, Node node)
    {
        var elements = new Elements(node.Type, node.Shape, new byte[node.Length * node.Type.Size]);
        results.ReadExactly(elements.Bytes);
        return elements;
    }

    private static bool HasNumPy(string python)
    {
        try
        {
            return Run(python, ["-c", "import numpy"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }

    private static (int ExitCode, string Output, string Errors) Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
