using Tessera.Expressions;
using Tessera.Steps;

namespace Tessera.Tests.Lowering;

/// <summary>Memory for the elements of an expression that isn't counted as a run's.</summary>
internal sealed unsafe class PinnedResult : IDisposable
{
    private readonly byte[] _bytes;

    public PinnedResult(ArrayExpression expression)
    {
        _bytes = GC.AllocateUninitializedArray<byte>((int)(expression.Shape.Length * expression.ElementType.Size) + 64, pinned: true);
        fixed (byte* first = _bytes)
            Destination = new MemoryDestination((nint)first, expression.ElementType, expression.Shape);
    }

    public MemoryDestination Destination { get; }

    public void Dispose() => GC.KeepAlive(_bytes);
}
