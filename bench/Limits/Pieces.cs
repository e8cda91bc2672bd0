namespace Tessera.Bench;

/// <summary>Work in equal pieces, of which each thread takes the next when it is done with one, so that none waits long for another at the end.</summary>
internal static class Pieces
{
    /// <param name="threads">How many threads work.</param>
    /// <param name="count">How many pieces.</param>
    /// <param name="work">Does the piece of a number, on one of the threads, with what that thread made for itself.</param>
    /// <param name="make">Makes what a thread works with.</param>
    public static void Run<T>(int threads, int count, Func<T> make, Action<int, T> work)
    {
        int next = -1;
        void Take(int thread)
        {
            T own = make();
            for (int piece; (piece = Interlocked.Increment(ref next)) < count;)
                work(piece, own);
        }

        if (threads == 1)
            Take(0);
        else
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, Take);
    }

    public static void Run(int threads, int count, Action<int> work) => Run<object?>(threads, count, () => null, (piece, _) => work(piece));
}
