using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>What a worker process can do: it travels there once, and is then asked again and again by messages.</summary>
internal abstract class RemoteWork
{
    /// <summary>In the worker process: reads what is asked, does it, writes the answer.</summary>
    /// <param name="question">Is read and finished before anything else happens.</param>
    /// <param name="answer">Empty.</param>
    /// <param name="control">What the parent sees while the work is on, and what it says.</param>
    public abstract void Execute(MessageReader question, MessageWriter answer, ControlPage control);

    /// <summary>In the worker process: nobody will ask any more.</summary>
    public virtual void Forget()
    {
    }
}
