namespace Tessera;

public sealed partial class ChunkedArray<T>
{
    /// <summary>
    /// The plan: the expression as written and as optimized, and the steps it becomes, with their tasks, the bytes that are read and the bytes that
    /// are held at the peak. Nothing is computed.
    /// </summary>
    public string Explain(ComputeOptions? options = null) => Explanation.Of(Expression, options ?? ComputeOptions.Default);
}
