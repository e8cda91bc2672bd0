using System.Runtime.CompilerServices;
using Tessera.Pools;

namespace Tessera.Tests.Pools;

/// <summary>How an asynchronous sequence is let go.</summary>
public class AsyncInputsTests
{
    /// <summary>Gives one number, then waits; what happens at its end is the caller's.</summary>
    private static async IAsyncEnumerable<int> OneAsync(Func<Task> end, [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            yield return 1;
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            await end();
        }
    }

    private static void TakeOne(AsyncInputs<int> inputs)
    {
        inputs.Allow(2);
        int[] taken = new int[1];
        Marks.Await(() => inputs.Take(taken, out _) == 1, "an input came");
    }

    [Fact]
    public void Its_end_is_waited_for()
    {
        bool hasEnded = false;
        using (var inputs = new AsyncInputs<int>(OneAsync(EndAsync, CancellationToken.None), static () => { }))
            TakeOne(inputs);
        Assert.True(hasEnded);

        async Task EndAsync()
        {
            await Task.Delay(50);
            hasEnded = true;
        }
    }

    [Fact]
    public void What_its_end_throws_is_told()
    {
        var inputs = new AsyncInputs<int>(OneAsync(static () => throw new InvalidDataException("At the end."), CancellationToken.None), static () => { });
        TakeOne(inputs);
        Assert.Equal("At the end.", Assert.Throws<InvalidDataException>(inputs.Dispose).Message);
    }

    /// <summary>What a sequence registers with its token may throw; that is no reason not to wait for its end.</summary>
    [Fact]
    public void A_callback_that_throws_when_it_is_stopped_disturbs_nobody()
    {
        bool hasEnded = false;
        using (var inputs = new AsyncInputs<int>(RegisteredAsync(CancellationToken.None), static () => { }))
            TakeOne(inputs);
        Assert.True(hasEnded);

        async IAsyncEnumerable<int> RegisteredAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            using CancellationTokenRegistration callback = cancellation.Register(static () => throw new InvalidDataException("The callback failed."));
            try
            {
                yield return 1;
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                await Task.Delay(50, CancellationToken.None);
                hasEnded = true;
            }
        }
    }

    [Fact]
    public void One_that_was_never_asked_is_not_begun()
    {
        using var inputs = new AsyncInputs<int>(OneAsync(static () => throw new InvalidDataException("It was begun."), CancellationToken.None), static () => { });
    }

    [Fact]
    public void One_that_does_not_end_is_not_waited_for_longer_than_so()
    {
        var end = new TaskCompletionSource();
        var inputs = new AsyncInputs<int>(OneAsync(() => end.Task, CancellationToken.None), static () => { }) { Patience = TimeSpan.FromMilliseconds(20) };
        TakeOne(inputs);
        inputs.Dispose();
        end.SetResult();
    }

    [Fact]
    public async Task One_that_stops_its_own_reading_is_not_waited_for()
    {
        AsyncInputs<int>? inputs = null;
        var stopped = new TaskCompletionSource();
        inputs = new AsyncInputs<int>(StopAsync(), static () => { }) { Patience = Timeout.InfiniteTimeSpan };
        inputs.Allow(1);
        inputs.Take(new int[1], out _);
        await stopped.Task;

        async IAsyncEnumerable<int> StopAsync()
        {
            await Task.Yield();
            inputs!.Dispose();
            stopped.SetResult();
            yield break;
        }
    }
}
