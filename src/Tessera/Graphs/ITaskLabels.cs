namespace Tessera.Graphs;

/// <summary>What the tasks of a graph are, told to people.</summary>
internal interface ITaskLabels
{
    /// <summary>What it does.</summary>
    string NameOf(int task);

    /// <summary>What it does it to.</summary>
    string DescriptionOf(int task);

    /// <summary>Tasks of one kind have equal keys.</summary>
    object KindOf(int task);

    /// <summary>The region that a task of a step over arrays works on; null for a call.</summary>
    string? RegionOf(int task);

    /// <summary>Bytes that it reads from sources other than memory and generated numbers, decoded.</summary>
    long BytesReadBy(int task);

    /// <summary>The same with the rest of the storage chunks that it reads in part, and which are decoded whole.</summary>
    long BytesDecodedBy(int task) => BytesReadBy(task);

    /// <summary>Bytes of the elements that it makes; values of functions don't count.</summary>
    long BytesMadeBy(int task);

    /// <summary>True for the call of a delayed function; false for a task of a step over arrays.</summary>
    bool IsCall(int task);

    /// <summary>Data from outside that it takes in, by name: files, values given.</summary>
    IEnumerable<string> DataOf(int task);
}
