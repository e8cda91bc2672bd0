namespace Tessera.Pools;

/// <summary>Threads of this process.</summary>
internal sealed class ThreadCrew(int workers, PoolOptions options) : Crew($"threads({workers})", workers, options)
{
    public override bool IsRemote => false;

    public override SentWork Send(RemoteWork work, string functionName) =>
        throw new InvalidOperationException("Nothing is sent to a thread. This is an error in Tessera; please report it.");

    protected override Worker Make(int number) => new ThreadWorker(this, number);
}
