using Tessera.Pools;

namespace Tessera.Tests.Pools.Orders;

/// <summary>What happens to a pool of threads, in any order.</summary>
/// <param name="Workers">Threads of the pool.</param>
/// <param name="Roles">Other threads: each says how it ended, the one that waits for a map first. They share a pool and a token.</param>
internal sealed record Scenario(int Workers, params Func<WorkerPool, CancellationTokenSource, string>[] Roles)
{
    /// <summary>Once, in the order that is chosen.</summary>
    /// <returns>How it ended.</returns>
    public string Run(Func<TurnTaker, IReadOnlyList<Participant>, int> choose)
    {
        using var cancelling = new CancellationTokenSource();
        var turns = new TurnTaker(Workers, Roles.Length, choose);
        var crew = new ThreadCrew(Workers, new PoolOptions()) { Turns = turns };
        turns.Crew = crew;
        var pool = new WorkerPool(crew);
        string[] endings = new string[Roles.Length];
        Thread[] threads = [.. Enumerable.Range(0, Roles.Length).Select(role => new Thread(() => Play(role)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        pool.Terminate(); // all go as they like by now
        Assert.True(crew.Over.Wait(TimeSpan.FromSeconds(60)), "The workers end.");
        turns.Failure?.Throw();
        return string.Join(", ", endings.Where(ending => ending.Length > 0)) + (turns.IsStuck ? ", STUCK" : "");

        void Play(int role)
        {
            turns.Enter(role, $"role {role}");
            turns.Await(this, step: "Begin");
            try
            {
                endings[role] = Roles[role](pool, cancelling);
            }
            catch (Exception failure)
            {
                endings[role] = $"{failure.GetType().Name}: {failure.Message}";
            }

            turns.Leave();
        }
    }
}
