namespace Tessera.Pools;

/// <summary>The tokens that asynchronous functions are given.</summary>
internal static class CallCancellation
{
    /// <summary>Fires. What functions registered with their token may fail; the calls end for the reason that came first.</summary>
    public static void Fire(CancellationTokenSource calls)
    {
        try
        {
            calls.Cancel();
        }
        catch (AggregateException)
        {
            // As said above.
        }
    }
}
