namespace Tessera.Pools;

/// <summary>A function and the inputs that it is called for, as the workers see it. Workers take batches until there are none.</summary>
internal abstract class Job
{
    /// <summary>For messages.</summary>
    public abstract string FunctionName { get; }

    /// <summary>What worker processes are given once, to do the job's batches with.</summary>
    public abstract SentWork Sent { get; }

    /// <summary>The time after which a process is ended that has no answer; null where there is no such time, or the process takes it itself.</summary>
    public abstract TimeSpan? TimeOfProcess { get; }

    public abstract MapOptions Options { get; }

    /// <summary>True where a process may be sent further batches before it has answered the first.</summary>
    public abstract bool MaySendAhead { get; }

    /// <summary>True once nobody works on it any more.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Inputs from here on are not to be begun: an earlier one failed, or the caller cancelled.</summary>
    public abstract long StopAt { get; }

    /// <summary>The next inputs for a worker; null when there are none, for now or for good.</summary>
    /// <param name="most">That the worker can take.</param>
    /// <param name="aim">How long a batch should take, so that handing it out costs little beside.</param>
    public abstract Batch? Take(int most, TimeSpan aim);

    /// <summary>Ends the job at once, without waiting for what is under way.</summary>
    public abstract void Abandon(Exception reason);
}
