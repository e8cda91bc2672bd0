using Tessera.Diagnostics;
using Tessera.Memory;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>Processes of their own, each with a thread here that speaks with it.</summary>
internal sealed class ProcessCrew : Crew
{
    private const long LargeFunction = 1L << 20;
    private static readonly TimeSpan AtExit = TimeSpan.FromSeconds(2);

    private readonly Lazy<(SharedPages Pages, BlockPool Blocks)> _shared = new(static () =>
    {
        var pages = new SharedPages();
        return (pages, new BlockPool(BlockPool.LeastIdleBytes, pages));
    });

    private volatile Surroundings? _surroundings; // of the last job; those of the next are mostly the same

    public ProcessCrew(int workers, PoolOptions options)
        : base($"processes({workers})", workers, options)
    {
        WorkerCommand.Check();
        if (options.Initializer is { } initializer)
            Initializer = Send(new InitializerWork(initializer), "the initializer");
        AppDomain.CurrentDomain.ProcessExit += EndWithProgram;
        Over.ContinueWith(_ => LetGo(), TaskScheduler.Default);
    }

    public override bool IsRemote => true;

    /// <summary>What each process is asked first, or null.</summary>
    public SentWork? Initializer { get; }

    /// <summary>Memory that the processes can map, in blocks.</summary>
    public BlockPool Blocks => _shared.Value.Blocks;

    /// <summary>The memory behind them.</summary>
    public SharedPages Pages => _shared.Value.Pages;

    /// <summary>Says where functions bring much along.</summary>
    public override SentWork Send(RemoteWork work, string functionName)
    {
        _surroundings = Surroundings.OfCaller(_surroundings);
        var sent = new SentWork(work, _surroundings);
        MessageWriter definition = sent.Definition!;
        if (definition.TotalBytes >= LargeFunction)
        {
            (string path, long bytes) = definition.Largest;
            Options.Warn(
                $"The function '{functionName}' captures {ByteSize.Format(definition.TotalBytes)}, which are sent to each of {Workers} worker processes; " +
                $"the largest part is {path}, {ByteSize.Format(bytes)}. Pass it as an input, or load it in PoolOptions.Initializer, if that was not meant.");
        }

        return sent;
    }

    /// <summary>Workers end with this program by themselves, but one that is killed as it starts leaves its folder to us.</summary>
    private void EndWithProgram(object? sender, EventArgs e)
    {
        Terminate();
        Over.Wait(AtExit);
    }

    private void LetGo()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithProgram;
        if (_shared.IsValueCreated)
            Blocks.Trim(0);
    }

    protected override Worker Make(int number) => new ProcessWorker(this, number);
}
