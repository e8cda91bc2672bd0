namespace Tessera.Pools;

/// <summary>The tokens that users' code is given: functions, sources, sequences of inputs.</summary>
internal static class CallCancellation
{
    /// <summary>Fires. What was registered with the token may fail; the calls end for the reason that came first.</summary>
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
