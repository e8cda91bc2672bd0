using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>A work as the message that brings it to a process, written once for all processes.</summary>
internal sealed class SentWork
{
    private static int _lastId;

    /// <param name="work">What processes do.</param>
    /// <param name="surroundings">What its functions see.</param>
    /// <exception cref="System.Runtime.Serialization.SerializationException">Something in it can't travel.</exception>
    public SentWork(RemoteWork work, Surroundings surroundings)
    {
        Surroundings = surroundings;
        var definition = new MessageWriter();
        definition.Write(Request.Define);
        definition.Write(Id);
        definition.Write(work);
        Definition = definition;
    }

    /// <summary>Its number in every process of this program's pools.</summary>
    public int Id { get; } = Interlocked.Increment(ref _lastId);

    /// <summary>What functions see of the program around them, told to a process before the work.</summary>
    public Surroundings Surroundings { get; }

    /// <summary>Null once it is over, so that what functions captured isn't kept.</summary>
    public MessageWriter? Definition { get; private set; }

    /// <summary>True once nobody will ask for it any more; processes then let it go.</summary>
    public bool IsOver => Definition is null;

    public void End() => Definition = null;
}
