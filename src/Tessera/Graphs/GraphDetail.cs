namespace Tessera;

/// <summary>How much of a task graph is drawn.</summary>
public enum GraphDetail
{
    /// <summary>Every task of a small graph in which each edge can be followed; of any other, its steps.</summary>
    Auto,

    /// <summary>Tasks that do the same in the same place are one node, with their number.</summary>
    Steps,

    /// <summary>Every task, however many.</summary>
    All,
}
