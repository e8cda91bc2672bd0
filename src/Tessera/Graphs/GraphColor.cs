namespace Tessera;

/// <summary>What the colours of a drawn task graph tell.</summary>
public enum GraphColor
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>In which order the tasks are to run.</summary>
    Order,

    /// <summary>How long the tasks took; known after a run, from its <see cref="RunProfile"/>.</summary>
    Time,

    /// <summary>How many bytes of memory the tasks need.</summary>
    Memory,
}
