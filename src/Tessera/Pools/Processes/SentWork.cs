using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>A work as the message that brings it to a process, written once for all processes.</summary>
internal sealed class SentWork
{
    private static int _lastId;

    /// <exception cref="System.Runtime.Serialization.SerializationException">Something in it can't travel.</exception>
    public SentWork(RemoteWork work)
    {
        Definition.Write(Request.Define);
        Definition.Write(Id);
        Definition.Write(work);
    }

    /// <summary>Its number in every process of this program's pools.</summary>
    public int Id { get; } = Interlocked.Increment(ref _lastId);

    public MessageWriter Definition { get; } = new();

    /// <summary>True once nobody will ask for it any more; processes then let it go.</summary>
    public bool IsOver { get; set; }
}
