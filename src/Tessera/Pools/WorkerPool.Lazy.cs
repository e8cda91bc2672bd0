using System.Runtime.CompilerServices;
using Tessera.Pools;

namespace Tessera;

public sealed partial class WorkerPool
{
    /// <summary>
    /// Calls a function for each input as the results are consumed: the workers are ahead of the caller by <see cref="MapOptions.LookAhead"/> inputs at most, so
    /// the sequence may be infinite, and larger than memory. Work begins with the enumeration and ends with it.
    /// </summary>
    /// <returns>The results, in the order of the inputs.</returns>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapLazy<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(function), Named(function, expression), inputs, options, inOrder: true));

    /// <summary>The same with the results as they come, whichever input is done first.</summary>
    /// <returns>The results, in any order.</returns>
    /// <inheritdoc cref="MapLazy{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IEnumerable<TResult> MapUnordered<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Consume(Streamed(Call(function), Named(function, expression), inputs, options, inOrder: false));

    /// <summary>The same for <c>await foreach</c>.</summary>
    /// <inheritdoc cref="MapLazy{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(function), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T, TResult>(
        Func<T, TResult> function, IAsyncEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(function), Named(function, expression), inputs, options, inOrder: true));

    /// <summary>The same for an asynchronous function: a call that waits occupies no worker.</summary>
    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IEnumerable<T> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, CancellationToken, Task{TResult}}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IAsyncEnumerable<T> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: true));

    /// <summary>The results as they come, for <c>await foreach</c>.</summary>
    /// <inheritdoc cref="MapUnordered{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(function), Named(function, expression), inputs, options, inOrder: false));

    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T, TResult>(
        Func<T, TResult> function, IAsyncEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Call(function), Named(function, expression), inputs, options, inOrder: false));

    /// <summary>The same for an asynchronous function: a call that waits occupies no worker.</summary>
    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IEnumerable<T> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: false));

    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, CancellationToken, Task{TResult}}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IAsyncEnumerable<T> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: false));

    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, CancellationToken, Task{TResult}}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapLazyAsync{T, TResult}(Func{T, CancellationToken, Task{TResult}}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapLazyAsync<T, TResult>(
        Func<T, Task<TResult>> function, IAsyncEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: true));

    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, CancellationToken, Task{TResult}}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: false));

    /// <inheritdoc cref="MapUnorderedAsync{T, TResult}(Func{T, CancellationToken, Task{TResult}}, IEnumerable{T}, MapOptions?, string)"/>
    public IAsyncEnumerable<TResult> MapUnorderedAsync<T, TResult>(
        Func<T, Task<TResult>> function, IAsyncEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        ConsumeAsync(Streamed(Begin(function), Named(function, expression), inputs, options, inOrder: false));

    private Func<Stream<T, TResult>> Streamed<T, TResult>(
        MapFunction<T, TResult> function, string name, IEnumerable<T> inputs, MapOptions? options, bool inOrder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckOpen();
        return () => Begin(function, name, () => Inputs<T>.Of(inputs), options ?? MapOptions.Default, inOrder);
    }

    private Func<Stream<T, TResult>> Streamed<T, TResult>(
        MapFunction<T, TResult> function, string name, IAsyncEnumerable<T> inputs, MapOptions? options, bool inOrder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckOpen();
        return () => Begin(function, name, () => new AsyncInputs<T>(inputs, _crew.Wake), options ?? MapOptions.Default, inOrder);
    }

    private Stream<T, TResult> Begin<T, TResult>(
        MapFunction<T, TResult> function, string name, Func<Inputs<T>> inputs, MapOptions options, bool inOrder)
    {
        int lookAhead = options.LookAhead ?? LookAhead(options, isAsync: function.Call is null);
        var results = new StreamResults<TResult>(inOrder, lookAhead, _crew.Wake, _crew.Turns);
        var job = new MapJob<T, TResult>(_crew, function, name, inputs(), results, options, lookAhead);
        Begin(job);
        return new Stream<T, TResult>(job, results);
    }

    private int LookAhead(MapOptions options, bool isAsync) => isAsync
        ? options.Concurrency ?? BatchSize.DefaultConcurrency
        : (int)Math.Min(int.MaxValue, 4L * Workers * (options.ChunkSize ?? 1));

    private IEnumerable<TResult> Consume<T, TResult>(Func<Stream<T, TResult>> begin)
    {
        Stream<T, TResult> stream = begin();
        try
        {
            while (true)
            {
                if (stream.Results.TryNext(out TResult result, out Task? more))
                {
                    yield return result;
                    continue;
                }

                if (more is null)
                    yield break;
                Help(stream.Job, more);
                _crew.Wait(more);
            }
        }
        finally
        {
            stream.Job.LeaveOff();
            Help(stream.Job, stream.Job.Over);
            _crew.Wait(stream.Job.Over);
        }
    }

    private static async IAsyncEnumerable<TResult> ConsumeAsync<T, TResult>(
        Func<Stream<T, TResult>> begin, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Stream<T, TResult> stream = begin();
        try
        {
            while (true)
            {
                if (stream.Results.TryNext(out TResult result, out Task? more))
                {
                    yield return result;
                    continue;
                }

                if (more is null)
                    yield break;
                await more.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            stream.Job.LeaveOff();
            await stream.Job.Over.ConfigureAwait(false);
        }
    }

    /// <summary>A lazy map that has begun.</summary>
    private readonly record struct Stream<T, TResult>(MapJob<T, TResult> Job, StreamResults<TResult> Results);
}
