using System.Runtime.Serialization;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>The part of a map that worker processes do: a batch is asked, its results are answered.</summary>
/// <param name="function">Is called for each input.</param>
/// <param name="time">That an asynchronous call may take. (Of others the parent takes the time.)</param>
internal sealed class MapWork<T, TResult>(MapFunction<T, TResult> function, TimeSpan? time) : RemoteWork
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    public override void Execute(MessageReader question, MessageWriter answer, ControlPage control)
    {
        long first = question.Read<long>();
        var inputs = new T[question.Read<int>()];
        question.ReadEach<T>(inputs);
        question.Finish();

        var results = new TResult[inputs.Length];
        (int done, Exception? failure) = function.Call is { } call
            ? CallEach(call, first, inputs, results, control)
            : CallAll(first, inputs, results, control);
        control.Item = inputs.Length;
        Answer(answer, results.AsSpan(0, done), failure);
    }

    private static (int Done, Exception? Failure) CallEach(Func<T, TResult> call, long first, T[] inputs, TResult[] results, ControlPage control)
    {
        int done = 0;
        try
        {
            for (; done < inputs.Length && first + done < control.StopAt; done++)
            {
                control.Item = done;
                results[done] = call(inputs[done]);
            }
        }
        catch (Exception thrown)
        {
            return (done, thrown);
        }

        return (done, null);
    }

    private (int Done, Exception? Failure) CallAll(long first, T[] inputs, TResult[] results, ControlPage control)
    {
        using var stopping = new CancellationTokenSource();
        control.Item = 0; // whichever: all are under way
        Task<TResult>[] calls = [.. inputs.Select(input => function.BeginElsewhereAsync(input, time, stopping.Token))];
        Task over = Task.WhenAll(calls).ContinueWith(static _ => { }, TaskContinuationOptions.ExecuteSynchronously); // doesn't throw when waited for
        while (!over.Wait(BetweenLooks))
        {
            if (control.StopAt <= first)
                CallCancellation.Fire(stopping);
        }

        for (int i = 0; i < calls.Length; i++)
        {
            if (stopping.IsCancellationRequested && !calls[i].IsCompletedSuccessfully)
                return (i, null); // the parent knows why
            try
            {
                results[i] = calls[i].GetAwaiter().GetResult();
            }
            catch (Exception thrown)
            {
                return (i, thrown);
            }
        }

        return (calls.Length, null);
    }

    private static void Answer(MessageWriter answer, ReadOnlySpan<TResult> results, Exception? failure)
    {
        try
        {
            Write(answer, results, failure);
        }
        catch (SerializationException)
        {
            // A result can't travel: that is the failure of its input, and the results before it are good.
            int good = 0;
            SerializationException? reason = null;
            for (; good < results.Length && reason is null; good++)
            {
                answer.Clear();
                try
                {
                    answer.Write(results[good]);
                }
                catch (SerializationException refusal)
                {
                    reason = refusal;
                    good--;
                }
            }

            answer.Clear();
            Write(answer, results[..good], reason ?? failure);
        }
    }

    private static void Write(MessageWriter answer, ReadOnlySpan<TResult> results, Exception? failure)
    {
        answer.Write(Served.Answer);
        answer.Write(results.Length);
        answer.WriteMany(results);
        answer.Write(failure is not null);
        if (failure is not null)
            TravellingException.Write(answer, failure);
    }
}
