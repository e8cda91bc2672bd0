namespace Tessera.Pools;

/// <summary>What is called for each input.</summary>
internal abstract class MapFunction<T, TResult>
{
    /// <summary>Calls it; null where it is asynchronous.</summary>
    public virtual Func<T, TResult>? Call => null;

    /// <summary>Begins an asynchronous call, and waits for it no longer than a given time.</summary>
    /// <exception cref="TimeoutException">The time was over first; the call's token has fired, and the call is left to itself.</exception>
    public async Task<TResult> BeginAsync(T input, TimeSpan? time, CancellationToken cancellation)
    {
        if (time is not { } limit)
            return await Begin(input, cancellation).ConfigureAwait(false);

        using var calls = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<TResult> pending = Begin(input, calls.Token);
        try
        {
            return await pending.WaitAsync(limit, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!pending.IsCompleted)
        {
            calls.Cancel();
            _ = pending.ContinueWith(static late => _ = late.Exception, TaskContinuationOptions.ExecuteSynchronously);
            throw MapOptions.TimedOut(limit);
        }
    }

    protected abstract Task<TResult> Begin(T input, CancellationToken cancellation);

    internal sealed class Synchronous(Func<T, TResult> function) : MapFunction<T, TResult>
    {
        public override Func<T, TResult> Call => function;

        protected override Task<TResult> Begin(T input, CancellationToken cancellation) => Task.FromResult(function(input));
    }

    internal sealed class Asynchronous(Func<T, CancellationToken, Task<TResult>> function) : MapFunction<T, TResult>
    {
        protected override Task<TResult> Begin(T input, CancellationToken cancellation) => function(input, cancellation);
    }
}
