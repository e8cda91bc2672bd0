using Tessera.Bench;

// dotnet run -c Release --project bench -- [--data DIR] [--runs N] [case …]
// Runs each case in Tessera and in its peers, in turn, and prints a table of ratios. Without a case, all of them.
if (args is ["--worker", string name, string folder])
{
    Worker.Serve(name, folder);
    return 0;
}

string data = Option("--data") ?? Path.Combine(Path.GetTempPath(), "tessera-bench");
int runs = int.Parse(Option("--runs") ?? "5");
string[] asked = [.. args.Where((argument, i) => !argument.StartsWith("--") && (i == 0 || !args[i - 1].StartsWith("--")))];
string[] unknown = [.. asked.Except(Case.All.Select(c => c.Name))];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"No such case: {string.Join(", ", unknown)}. There are: {string.Join(", ", Case.All.Select(c => c.Name))}.");
    return 1;
}

Directory.CreateDirectory(data);
var table = new RatioTable();
foreach (Case benchmark in Case.All.Where(c => asked.Length == 0 || asked.Contains(c.Name)))
    table.Add(benchmark, Match.Play(benchmark, data, runs));
Console.WriteLine(table.ToMarkdown());
return 0;

string? Option(string option) => Array.IndexOf(args, option) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
