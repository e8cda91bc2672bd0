using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tessera.Bench;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Data">Folder of the files that cases read.</param>
/// <param name="Runs">Runs of each contender.</param>
/// <param name="Output">Where the Markdown goes.</param>
/// <param name="PythonPath">Searched by the peers before their own packages, or null.</param>
/// <param name="Against">Another build of this program that takes the place of the peers, or null.</param>
/// <param name="Cases">What is measured, in the order of the list.</param>
/// <param name="Lists">The cases are to be listed and nothing measured.</param>
internal sealed record CommandLine(string Data, int Runs, string Output, string? PythonPath, string? Against, IReadOnlyList<Case> Cases, bool Lists)
{
    public const string Usage =
        """
        usage: dotnet run -c Release --project bench -- [--data DIR] [--runs N] [--out FILE.md] [--python-path DIR] [--against DLL] [--list] [case …]
          --data DIR         where the files lie that cases read; missing ones are written (default: tessera-bench in the temporary folder)
          --runs N           runs of each contender (default: 5); of a peer whose runs take more than a second, five at most
          --out FILE.md      where the table goes (default: results.md in the data folder)
          --python-path DIR  packages for the peers before those that are installed: a Dask from source
          --against DLL      another build of this program, its Bench.dll, as the only other contender: an older Tessera
          --help             this
          --list             the cases; without a case, all are run, which takes an hour and some 13 GB of files
        """;

    private static readonly string[] Options = ["--data", "--runs", "--out", "--python-path", "--against"];

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out CommandLine? asked, [NotNullWhen(false)] out string? fault)
    {
        var values = new Dictionary<string, string>();
        var names = new List<string>();
        (asked, fault) = (null, null);
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith('-'))
                names.Add(argument);
            else if (argument == "--list")
                values[argument] = "";
            else if (!Options.Contains(argument))
                fault ??= $"There is no option {argument}.";
            else if (i + 1 == arguments.Length || arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                fault ??= $"{argument} was given without a value.";
            else
                values[argument] = arguments[++i];
        }

        string data = Path.GetFullPath(values.GetValueOrDefault("--data", Path.Combine(Path.GetTempPath(), "tessera-bench")));
        string? python = values.GetValueOrDefault("--python-path");
        string? against = values.GetValueOrDefault("--against");
        string count = values.GetValueOrDefault("--runs", "5");
        string[] unknown = [.. names.Except(Case.All.Select(one => one.Name))];
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int runs) || runs == 0)
            fault ??= $"--runs was {count}; it takes a number of 1 or more.";
        if (python is not null && !Directory.Exists(python))
            fault ??= $"--python-path was {python}; there is no such folder.";
        if (against is not null && !File.Exists(against))
            fault ??= $"--against was {against}; there is no such file.";
        if (File.Exists(data))
            fault ??= $"--data was {data}; that is a file, and a folder is wanted.";
        string output = Path.GetFullPath(values.GetValueOrDefault("--out", Path.Combine(data, "results.md")));
        if (Directory.Exists(output) || File.Exists(Path.GetDirectoryName(output)))
            fault ??= $"--out was {output}; there can be no file of that name.";
        if (unknown.Length > 0)
            fault ??= $"There is no case {string.Join(", ", unknown)}; --list names those that there are.";
        if (fault is not null)
            return false;

        Case[] cases = [.. Case.All.Where(one => names.Count == 0 || names.Contains(one.Name))];
        asked = new CommandLine(data, runs, output, python is null ? null : Path.GetFullPath(python), against is null ? null : Path.GetFullPath(against), cases, values.ContainsKey("--list"));
        return true;
    }

    /// <summary>Prints the cases and ends the program.</summary>
    public static int List()
    {
        foreach (Case one in Case.All)
            Console.WriteLine($"{one.Name,-26} {one.What}{(one.Peers.Length == 0 ? "" : $"  [{string.Join(", ", one.Peers)}]")}");
        return 0;
    }
}
