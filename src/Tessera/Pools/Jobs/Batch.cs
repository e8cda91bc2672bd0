using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>Neighbouring inputs of a job, in one worker's hands.</summary>
internal abstract class Batch(Job job, long first)
{
    private int _claimed;

    public Job Job => job;

    /// <summary>The index of its first input.</summary>
    public long First => first;

    public abstract int Count { get; }

    /// <summary>How many worker processes have died under it.</summary>
    public int Deaths { get; protected init; }

    /// <summary>Calls the function for each input, on this thread; asynchronous calls are only begun.</summary>
    public abstract void Run();

    /// <summary>Writes the inputs for a process.</summary>
    public abstract void Write(MessageWriter message);

    /// <summary>Reads what a process made of them, and reports it to the job.</summary>
    public abstract void Read(MessageReader message);

    /// <summary>The worker could do nothing with it. Of several inputs, each is tried by itself to find out which is the reason.</summary>
    public abstract void Fail(Exception cause);

    /// <summary>
    /// Hands the inputs back to the job, to be taken anew. They come apart around one of them, which may be the reason.
    /// </summary>
    /// <param name="suspect">The one that was being worked on when the process died, or null.</param>
    /// <param name="cause">What is reported if it has been tried often enough.</param>
    public abstract void GiveBack(int? suspect, Exception cause);

    /// <summary>Hands all inputs back: the process died over something else.</summary>
    public abstract void GiveBack();

    /// <summary>True for the first who asks: the worker that has results, or the clock that ran out.</summary>
    public bool Claim() => Interlocked.Exchange(ref _claimed, 1) == 0;
}
