namespace Tessera.Bench;

/// <summary>
/// Runs the contenders of a case in turn, each in a process of its own: runs that aren't counted (<see cref="Contender.WarmUp"/>), then A B C A B C …, each
/// awake (<see cref="Contender.Wake"/>).
/// </summary>
internal static class Match
{
    /// <summary>Seconds after which a peer's first run counts.</summary>
    private const double LongRun = 10;

    /// <summary>Of a peer that is slow.</summary>
    private const int EnoughRuns = 5;

    /// <summary>What became of each; Tessera is the first.</summary>
    public static IReadOnlyList<Result> Play(Case one, Starter starter, int runs)
    {
        Contender tessera = starter.Own(one.Name, Worker.Tessera);
        Contender[] peers = [.. starter.Peers(one)];
        Contender[] limits = one.Limit is { } limit ? [starter.Own(limit, limit)] : [];
        Contender[] all = [tessera, .. peers, .. limits];
        try
        {
            foreach (Contender contender in all)
                contender.AwaitReady();
            foreach (Contender contender in all)
                contender.WarmUp(peers.Contains(contender) ? LongRun : double.PositiveInfinity);
            for (int round = 0; round < runs && tessera.Fault is null; round++)
            {
                foreach (Contender contender in all)
                {
                    if (peers.Contains(contender) && contender.IsSlow && contender.RunCount >= EnoughRuns)
                        continue;
                    contender.Wake();
                    contender.RunIn(round);
                }
            }

            return [.. all.Select(contender => contender.ToResult())];
        }
        finally
        {
            foreach (Contender contender in all)
                contender.Dispose();
        }
    }
}
