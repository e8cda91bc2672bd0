using Tessera.Expressions;

namespace Tessera;

/// <summary>An array and the sink that it is saved to, as one of several that are saved in one run.</summary>
public sealed class ArrayOutput
{
    internal ArrayOutput(ArrayExpression array, IBlockSink sink) => (Array, Sink) = (array, sink);

    internal ArrayExpression Array { get; }

    internal IBlockSink Sink { get; }

    /// <summary>An array and where it goes.</summary>
    /// <param name="array">What is computed.</param>
    /// <param name="sink">What takes its elements; a sink takes one array.</param>
    public static ArrayOutput Of<T>(ChunkedArray<T> array, IBlockSink sink)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(sink);
        return new ArrayOutput(array.Expression, sink);
    }
}
