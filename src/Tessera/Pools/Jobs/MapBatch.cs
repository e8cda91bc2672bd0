using System.Diagnostics;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <inheritdoc cref="Batch"/>
internal sealed class MapBatch<T, TResult>(MapJob<T, TResult> job, long first, T[] inputs) : Batch(job, first)
{
    private const int MostUnexplained = 2;

    private readonly long _started = job.LearnsSize ? Stopwatch.GetTimestamp() : 0; // asking the clock costs as much as all else that is done for a batch of one

    public override int Count => inputs.Length;

    public override void Run()
    {
        if (job.Function.Call is { } call)
            RunNow(call);
        else
            _ = RunLaterAsync();
    }

    private void RunNow(Func<T, TResult> call)
    {
        TResult? single = default;
        Span<TResult> results = inputs.Length == 1 ? new Span<TResult>(ref single!) : new TResult[inputs.Length];
        int done = 0;
        Exception? failure = null;
        try
        {
            for (; done < inputs.Length && First + done < job.StopAt; done++)
                results[done] = call(inputs[done]);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        Finish(results[..done], failure);
    }

    private async Task RunLaterAsync()
    {
        Debug.Assert(inputs.Length == 1, "Where calls are only begun, each is a batch.");
        try
        {
            if (First >= job.StopAt)
            {
                Finish([], null);
                return;
            }

            TResult result = await job.Function.BeginAsync(inputs[0], job.Options.Timeout, job.Calls).ConfigureAwait(false);
            Finish([result], null);
        }
        catch (OperationCanceledException) when (job.Calls.IsCancellationRequested)
        {
            Finish([], null); // the job knows why
        }
        catch (Exception thrown)
        {
            Finish([], thrown);
        }
    }

    public override void Write(MessageWriter message)
    {
        message.Write(First);
        message.Write(inputs.Length);
        message.WriteEach<T>(inputs); // a call that changes its input changes no other's
    }

    public override void Read(MessageReader message)
    {
        int done = message.Read<int>();
        var results = new TResult[done];
        message.ReadMany<TResult>(results);
        Exception? failure = message.Read<bool>() ? TravellingException.Read(message) : null;
        message.Finish();
        Finish(results, failure);
    }

    public override void Fail(Exception cause)
    {
        if (inputs.Length > 1)
            job.Return([.. inputs.Select((input, i) => new MapBatch<T, TResult>(job, First + i, [input]))]); // each by itself, to find out which
        else
            job.Return([], First, cause);
    }

    public override void GiveBack() => job.Return([Part(0, inputs.Length, Deaths)]);

    public override void GiveBack(int? suspect, Exception cause)
    {
        if (suspect is not { } at)
        {
            // Nothing had been begun, or all was done but not told: no input is to blame, until it happens again and again.
            if (Deaths > job.Options.Retries + MostUnexplained)
                job.Return([], First, cause);
            else
                job.Return([Part(0, inputs.Length, Deaths + 1)]);
            return;
        }

        var parts = new List<MapBatch<T, TResult>>();
        if (at > 0)
            parts.Add(Part(0, at, 0));
        bool again = Deaths < job.Options.Retries;
        if (again)
            parts.Add(Part(at, at + 1, Deaths + 1));
        if (at + 1 < inputs.Length)
            parts.Add(Part(at + 1, inputs.Length, 0));
        job.Return([.. parts], First + at, again ? null : cause);
    }

    /// <summary>Its first inputs, and the others.</summary>
    public (MapBatch<T, TResult> First, MapBatch<T, TResult> Others) Split(int at) => (Part(0, at, Deaths), Part(at, inputs.Length, Deaths));

    private MapBatch<T, TResult> Part(int from, int to, int deaths) => new(job, First + from, inputs[from..to]) { Deaths = deaths };

    private void Finish(ReadOnlySpan<TResult> results, Exception? failure)
    {
        if (failure is null && results.Length < inputs.Length && First + results.Length < job.StopAt)
            failure = new InvalidOperationException("A worker has left inputs undone. This is an error in Tessera; please report it.");
        if (Claim())
            job.Finish(this, results, failure, job.LearnsSize ? Stopwatch.GetElapsedTime(_started) : default);
    }
}
