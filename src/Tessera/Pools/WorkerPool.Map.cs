using System.Runtime.CompilerServices;
using Tessera.Diagnostics;
using Tessera.Pools;

namespace Tessera;

public sealed partial class WorkerPool
{
    /// <summary>Calls a function for each input, several at once, and waits for the results.</summary>
    /// <param name="function">Is called in the workers; for processes it travels there with the variables that it captures.</param>
    /// <param name="inputs">Are taken one after another, while the workers are at work.</param>
    /// <param name="options">How.</param>
    /// <param name="expression">The text of the function, for messages; the compiler fills it in.</param>
    /// <returns>The results, in the order of the inputs.</returns>
    /// <exception cref="WorkerException">The function failed; says for which input, the first of those that failed, and why.</exception>
    /// <exception cref="System.Runtime.Serialization.SerializationException">The function captures something that can't travel to a process.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired, or the pool was terminated.</exception>
    /// <exception cref="InvalidOperationException">The pool was closed.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    public TResult[] Map<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(function), Named(function, expression), Of(inputs), options).Results();

    /// <summary>Begins to call a function for each input, several at once.</summary>
    /// <remarks>
    /// A function in a worker of the same pool may call this, and await the task or leave it. It may also block on the task (<c>Result</c>, <c>Wait()</c>): its worker
    /// then works on this map until it is done, as in <see cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>. It must not block on
    /// another task that only follows from this one, such as that of an asynchronous method of its own: if all workers do, none is left to do the work.
    /// </remarks>
    /// <returns>A task of the results, in the order of the inputs.</returns>
    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Call(function), Named(function, expression), Of(inputs), options).Task;

    /// <summary>Begins to call an asynchronous function for each input. A call that waits occupies no worker, so that many are under way at a time.</summary>
    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, MapOptions?, string)"/>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> inputs, MapOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Begin(function), Named(function, expression), Of(inputs), options).Task;

    /// <summary>The same for a function that heeds a token, which fires when the map is stopped or the function's time is up.</summary>
    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, Task{TResult}}, IEnumerable{T}, MapOptions?, string)"/>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, CancellationToken, Task<TResult>> function, IEnumerable<T> inputs, MapOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Whole(Begin(function), Named(function, expression), Of(inputs), options).Task;

    private Started<TResult> Whole<T, TResult>(MapFunction<T, TResult> function, string name, Inputs<T> inputs, MapOptions? options, bool hasInputs = true)
    {
        var results = new ArrayResults<TResult>(inputs.Count ?? 0);
        var job = new MapJob<T, TResult>(_crew, function, name, inputs, results, options ?? MapOptions.Default, lookAhead: null) { HasInputs = hasInputs };
        Begin(job);
        return new Started<TResult>(this, job, results.Whole);
    }

    /// <summary>One call, which is told as such.</summary>
    private Started<TResult> Single<T, TResult>(MapFunction<T, TResult> function, string name, T input, MapOptions? options) =>
        Whole(function, name, Inputs<T>.Of([input]), options, hasInputs: false);

    private void Begin<T, TResult>(MapJob<T, TResult> job)
    {
        try
        {
            CheckOpen();
            if (_crew.IsRemote)
                _ = job.Sent; // tells the caller now what can't travel
            job.Begin();
        }
        catch
        {
            job.LetInputsGo();
            throw;
        }
    }

    private void CheckOpen() => _crew.CheckOpen();

    private static Inputs<T> Of<T>(IEnumerable<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Inputs<T>.Of(inputs);
    }

    private static MapFunction<T, TResult> Call<T, TResult>(Func<T, TResult> function) => IsTask(typeof(TResult))
        ? throw new ArgumentException(
            $"The function gives a {TypeName.Of(typeof(TResult))}, which would still be under way when the worker is done with it. Use MapAsync, MapLazyAsync or ApplyAsync " +
            "with a function that gives a Task<T>, and ForEachAsync for one without a result; a ValueTask becomes a Task by AsTask().",
            nameof(function))
        : new MapFunction<T, TResult>.Synchronous(function);

    private static bool IsTask(Type type) => typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static MapFunction<T, TResult> Begin<T, TResult>(Func<T, CancellationToken, Task<TResult>> function) =>
        new MapFunction<T, TResult>.Asynchronous(function);

    private static MapFunction<T, TResult> Begin<T, TResult>(Func<T, Task<TResult>> function) =>
        new MapFunction<T, TResult>.Asynchronous((input, _) => function(input));

    private static Task Begun(Task? task) => task ?? throw MapFunction<byte, byte>.NoTask();

    private static string Named(Delegate function, string expression)
    {
        ArgumentNullException.ThrowIfNull(function);
        return FunctionName.Of(function, expression);
    }

    /// <summary>A map that is under way.</summary>
    private readonly record struct Started<TResult>(WorkerPool Pool, Job Job, Task<TResult[]> Whole)
    {
        /// <summary>For who goes on meanwhile.</summary>
        public Task<TResult[]> Task => Pool.IsOnWorker ? Inside(static results => results) : Whole;

        /// <summary>Waits for the results; one of the pool's own workers works on them meanwhile, because it may be the only one.</summary>
        public TResult[] Results()
        {
            Pool.Help(Job, Whole);
            Pool._crew.Wait(Whole);
            return Whole.Result;
        }

        /// <summary>That of a single call, for who goes on meanwhile.</summary>
        public Task<TResult> FirstAsync() => Pool.IsOnWorker ? Inside(static results => results[0]) : FirstAsync(Whole);

        private static async Task<TResult> FirstAsync(Task<TResult[]> whole) => (await whole.ConfigureAwait(false))[0];

        private Task<TOut> Inside<TOut>(Func<TResult[], TOut> part)
        {
            Task<TResult[]> whole = Whole;
            return WorkerTask.Of(Pool._crew, Job, whole, () => part(whole.GetAwaiter().GetResult()));
        }
    }

    private bool IsOnWorker => Worker.Current?.Crew == _crew;

    /// <summary>On a worker of this pool, does batches of a job until a task ends or there are none.</summary>
    private void Help(Job job, Task until)
    {
        if (IsOnWorker)
            Worker.Current!.Help(job, until);
    }
}
