namespace Tessera.Pools;

/// <summary>
/// The task of a job that a function in one of the pool's own workers has begun. Whoever blocks that worker to wait for it works on the job meanwhile, as
/// <see cref="WorkerPool.Map{T, TResult}"/> does, because there may be no other worker who could.
/// </summary>
/// <remarks>
/// <para>
/// How a wait is noticed. <c>Wait()</c>, <c>Result</c>, <c>GetAwaiter().GetResult()</c> and <c>Task.WaitAll</c> on a task that has a scheduler first ask that
/// scheduler to run it at once on the waiting thread. This one does so by working on the job until it is over. Awaiting asks nothing, and neither does a wait
/// with a time limit or a token of its own, which ends by itself.
/// </para>
/// <para>
/// Example: a pool of one worker, whose function begins a map of 10 inputs and reads <c>Result</c>. The worker is asked to run the task: it takes the 10 inputs,
/// ends the job, and runs the task, which gives the results. Had the function awaited it instead, the worker would have been free, and would have come upon the
/// job as upon any other; its end then runs the task on a thread of the .NET pool.
/// </para>
/// </remarks>
internal sealed class WorkerTask : TaskScheduler
{
    private readonly Crew _crew;
    private readonly Job _job;
    private readonly Task _end;
    private Exception? _refusal;

    private WorkerTask(Crew crew, Job job, Task end) => (_crew, _job, _end) = (crew, job, end);

    /// <summary>The task of a job.</summary>
    /// <param name="crew">Whose worker this thread is.</param>
    /// <param name="job">What is waited for.</param>
    /// <param name="end">Ends with it.</param>
    /// <param name="result">What the job gave, once it has ended; throws what it failed with.</param>
    public static Task<TResult> Of<TResult>(Crew crew, Job job, Task end, Func<TResult> result)
    {
        var scheduler = new WorkerTask(crew, job, end);
        var task = new Task<TResult>(() => scheduler._refusal is null ? result() : throw scheduler._refusal);
        task.Start(scheduler);
        return task;
    }

    protected override void QueueTask(Task task) => _end.ContinueWith(
        ended =>
        {
            TryExecuteTask(task);
            _ = task.Exception; // who doesn't wait for the result doesn't want to hear of it from the finalizer
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        Default);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (Worker.Current is not { } worker || worker.Crew != _crew)
            return false; // another thread that waits keeps nobody from working
        try
        {
            worker.Help(_job, _end);

            // For those who have the other inputs. Not by the scheduler that the caller may run under, which could wait for this thread.
            _crew.Wait(_end.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Default));
        }
        catch (InvalidOperationException inTheMiddle)
        {
            _refusal = inTheMiddle;
        }

        return TryExecuteTask(task);
    }

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
