using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Storage;

/// <summary>Elements by a user's function of the index.</summary>
internal sealed class FunctionSource<T>(Func<ReadOnlySpan<long>, T> function, Shape shape) : IGeneratedSource
    where T : unmanaged
{
    public string Name => $"function {Shape}";

    public ElementType ElementType { get; } = ElementTypes.Of<T>();

    public Shape Shape => shape;

    public Shape StorageChunks { get; } = Shape.Ones(shape.Rank);

    /// <summary>False: nobody knows what the function costs.</summary>
    public bool IsCheap => false;

    public ReadCost Cost { get; } = new(50.0 / Unsafe.SizeOf<T>(), 0.1); // a short function; a long one is worth keeping all the more

    public ITravelForm<IBlockSource> TravelForm => new Form(function, shape);

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        Span<T> elements = MemoryMarshal.Cast<byte, T>(destination);
        int done = 0;
        foreach (ReadOnlySpan<long> index in region.Indices())
        {
            if ((done & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            elements[done++] = function(index);
        }
    }

    private sealed record Form(Func<ReadOnlySpan<long>, T> Function, Shape Shape) : ITravelForm<FunctionSource<T>>
    {
        public FunctionSource<T> Open() => new(Function, Shape);
    }
}
