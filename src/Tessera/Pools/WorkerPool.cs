using Tessera.Pools;
using Tessera.Serialization;

namespace Tessera;

/// <summary>
/// Workers that call functions at the same time: threads of this process, or processes of their own. Changing one word changes which. A pool serves any
/// number of maps, one after another or at once; <see cref="Close"/>, then <see cref="Join"/> end it, as <see cref="Dispose"/> does.
/// </summary>
/// <remarks>
/// <para>
/// Threads share memory, so inputs and results are the objects themselves. A process has its own memory: a crash there doesn't harm this program, a function
/// that takes too long can be ended, and code that isn't made for threads runs alone. Functions travel there with the variables that they capture, and so do inputs
/// and results, all by value. Static fields don't travel: they are what the program's own initializers make them, or what
/// <see cref="PoolOptions.Initializer"/> does.
/// </para>
/// <para>
/// In a process each call has its inputs as they were written down, whatever other calls have done to theirs; captured variables come once a map, and what a
/// function changes in them, later calls in that process see. On threads these are the objects themselves.
/// </para>
/// <para>
/// On both, functions and the sequence of inputs see the cultures of the thread that begins the map (or those that <see cref="PoolOptions.Initializer"/> sets), and
/// no async locals. The current folder, environment variables and switches of <see cref="AppContext"/> are the program's; a process sees them as they are when
/// the map begins.
/// </para>
/// <para>
/// Worker processes are this program, started once more without its Main. They end when this process does, however it ends; what they write
/// to the console appears on this process's console, line by line. Where a worker dies, another takes its place, and its input is tried again once.
/// Debuggers and profilers don't attach to workers unless this process was given the environment variable DOTNET_EnableDiagnostics with the value 1.
/// </para>
/// </remarks>
/// <example><code>
/// using WorkerPool pool = WorkerPool.Processes(4);                   // or WorkerPool.Threads(4)
/// int[] squares = pool.Map(SlowFunction, Enumerable.Range(0, 4));    // [0, 1, 4, 9]
/// </code></example>
public sealed partial class WorkerPool : IDisposable, IAsyncDisposable, IStays
{
    private readonly Crew _crew;

    internal WorkerPool(Crew crew)
    {
        _crew = crew;
        crew.Start();
    }

    /// <summary>A pool of threads of this process.</summary>
    /// <param name="workers">How many; the number of cores when left out.</param>
    /// <param name="options">How the workers live.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    public static WorkerPool Threads(int? workers = null, PoolOptions? options = null) =>
        new(new ThreadCrew(Count(workers), options ?? PoolOptions.Default));

    /// <summary>A pool of worker processes. They start at once, while the caller goes on.</summary>
    /// <param name="workers">How many; the number of cores when left out.</param>
    /// <param name="options">How the workers live.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">The program is a single file, or compiled to native code, and can't be started without its Main.</exception>
    public static WorkerPool Processes(int? workers = null, PoolOptions? options = null) =>
        new(new ProcessCrew(Count(workers), options ?? PoolOptions.Default));

    /// <summary>What it is called in messages: "threads(4)", "processes(4)".</summary>
    public string Name => _crew.Name;

    /// <summary>How many inputs are worked on at once.</summary>
    public int Workers => _crew.Workers;

    internal Crew Crew => _crew;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Takes no more work. What was begun goes on; the workers end after it.</summary>
    public void Close() => _crew.Close();

    /// <summary>Waits until all work is done and the workers have ended.</summary>
    /// <exception cref="InvalidOperationException">The pool wasn't closed, or this is one of its own workers.</exception>
    public void Join()
    {
        CheckJoin();
        _crew.Wait(_crew.Over);
    }

    /// <summary>The same, without blocking a thread.</summary>
    /// <inheritdoc cref="Join"/>
    public Task JoinAsync()
    {
        CheckJoin();
        return _crew.Over;
    }

    /// <summary>
    /// Ends at once: maps that are under way end with an <see cref="OperationCanceledException"/>, worker processes are killed. A thread can't be; it ends
    /// with the function that it is in, and nobody waits for it.
    /// </summary>
    public void Terminate() => _crew.Terminate();

    /// <summary><see cref="Close"/>, then <see cref="Join"/>.</summary>
    public void Dispose()
    {
        Close();
        if (!IsOnWorker && !_crew.IsTerminated)
            Join();
        _crew.MarkDisposed();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        Close();
        if (!IsOnWorker && !_crew.IsTerminated)
            await _crew.Over.ConfigureAwait(false);
        _crew.MarkDisposed();
    }

    private void CheckJoin()
    {
        if (!_crew.IsClosed)
        {
            throw new InvalidOperationException(
                $"Join() waits for the workers of {Name} to end, and they end only after Close() or Terminate(). Call one of them first.");
        }

        if (IsOnWorker)
            throw new InvalidOperationException("A function in a worker called Join(), and would wait for itself. Join the pool where it was made.");
    }

    private static int Count(int? workers) => workers is null or >= 1
        ? workers ?? Environment.ProcessorCount
        : throw new ArgumentOutOfRangeException(
            nameof(workers), workers, $"A pool of {workers} workers was asked for. Give at least 1, or leave it out to use all cores.");
}
