using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Tessera.Bench;

/// <summary>Starts this program again as a worker, and Python, or another build of this program, for the peers.</summary>
/// <param name="data">Folder of the files that cases read.</param>
/// <param name="pythonPath">Put before the peers' other packages, or null.</param>
/// <param name="against">Another build of this program, which is then the only peer, or null.</param>
internal sealed class Starter(string data, string? pythonPath, string? against)
{
    /// <summary>What another build of this program is called.</summary>
    private const string Other = "other build";

    public bool HasPythonPath => pythonPath is not null;

    /// <summary>A case or a limit, served by this program.</summary>
    public Contender Own(string work, string contender) => Contender.Start(contender, ThisProgram(["--worker", work, contender, data]));

    /// <summary>Whom a case is measured against.</summary>
    public IEnumerable<Contender> Peers(Case one) => against is null
        ? one.Peers.Select(peer => peer == Worker.OneWorker ? Own(one.Name, peer) : Peer(one.Name, peer))
        : [Contender.Start(Other, Piped("dotnet", [against, "--worker", one.Name, Worker.Tessera, data]))];

    private Contender Peer(string work, string peer)
    {
        try
        {
            return Contender.Start(peer, Python(["run.py", work, peer, data]));
        }
        catch (Win32Exception)
        {
            return Contender.LeftOut(peer, "there is no python3");
        }
    }

    /// <summary>What Python and its packages say of their versions, or null where there is no Python.</summary>
    public string? PeerVersions()
    {
        try
        {
            Process python = Children.Start(Python(["versions.py"]));
            string text = python.StandardOutput.ReadToEnd().Trim();
            Children.Dismiss(python);
            return text;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public static ProcessStartInfo ThisProgram(IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet"; // dotnet Bench.dll
        return Piped(program, isHost ? [typeof(Starter).Assembly.Location, .. arguments] : arguments);
    }

    private ProcessStartInfo Python(string[] arguments)
    {
        const string Debian = "/usr/bin/python3";
        string script = Path.Combine(AppContext.BaseDirectory, "peers", arguments[0]);
        ProcessStartInfo start = Piped(File.Exists(Debian) ? Debian : "python3", [script, .. arguments[1..]]);
        start.Environment["TESSERA_BENCH_CORES"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        if (pythonPath is not null)
            start.Environment["PYTHONPATH"] = string.Join(Path.PathSeparator, ((string?[])[pythonPath, Environment.GetEnvironmentVariable("PYTHONPATH")]).OfType<string>());
        return start;
    }

    private static ProcessStartInfo Piped(string program, IEnumerable<string> arguments) =>
        new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
}
