namespace Tessera;

/// <summary>One step of a dataset's filter pipeline, which chunks pass on their way into the file.</summary>
/// <param name="Id">The number under which the filter is registered with The HDF Group: 1 is gzip.</param>
/// <param name="Name">The filter's usual name, or the one that the file gives.</param>
/// <param name="Parameters">The numbers stored with it, such as gzip's level.</param>
public sealed record Hdf5Filter(int Id, string Name, IReadOnlyList<uint> Parameters)
{
    /// <summary>The name, with the parameters in brackets.</summary>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";
}
