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
        return await WaitAsync(Begin(input, calls.Token), limit, calls).ConfigureAwait(false);
    }

    /// <summary>The same on another thread, so that the time limit also covers what a call does before it first waits.</summary>
    /// <inheritdoc cref="BeginAsync"/>
    public async Task<TResult> BeginElsewhereAsync(T input, TimeSpan? time, CancellationToken cancellation)
    {
        if (time is not { } limit)
            return await Task.Run(async () => await Begin(input, cancellation).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);

        using var calls = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        CancellationToken token = calls.Token;
        var begun = new TaskCompletionSource(); // what awaits it goes on at once, on the thread that is about to begin the call
        Task<TResult> pending = Task.Run(
            async () =>
            {
                begun.SetResult();
                return await Begin(input, token).ConfigureAwait(false);
            },
            CancellationToken.None);
        await begun.Task.ConfigureAwait(false); // a call that waits for a thread spends no time
        return await WaitAsync(pending, limit, calls).ConfigureAwait(false);
    }

    private static async Task<TResult> WaitAsync(Task<TResult> pending, TimeSpan limit, CancellationTokenSource calls)
    {
        try
        {
            return await pending.WaitAsync(limit, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!pending.IsCompleted)
        {
            CallCancellation.Fire(calls);
            _ = pending.ContinueWith(static late => _ = late.Exception, TaskContinuationOptions.ExecuteSynchronously);
            throw MapOptions.TimedOut(limit);
        }
    }

    /// <summary>For a function that breaks its word.</summary>
    public static InvalidOperationException NoTask() => new("The asynchronous function gave null instead of a task; it must give one, such as Task.FromResult or an async method does.");

    protected abstract Task<TResult> Begin(T input, CancellationToken cancellation);

    internal sealed class Synchronous(Func<T, TResult> function) : MapFunction<T, TResult>
    {
        public override Func<T, TResult> Call => function;

        protected override Task<TResult> Begin(T input, CancellationToken cancellation) => Task.FromResult(function(input));
    }

    internal sealed class Asynchronous(Func<T, CancellationToken, Task<TResult>> function) : MapFunction<T, TResult>
    {
        protected override Task<TResult> Begin(T input, CancellationToken cancellation) => function(input, cancellation) ?? throw NoTask();
    }
}
