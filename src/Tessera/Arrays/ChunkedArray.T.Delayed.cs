using System.Numerics.Tensors;
using Tessera.Expressions;

namespace Tessera;

public partial class ChunkedArray<T>
{
    /// <summary>
    /// The chunks as delayed tensors, in the C order of the chunk grid, for functions of one's own. What several of them share is computed once
    /// where they are computed together.
    /// </summary>
    public IReadOnlyList<Delayed<Tensor<T>>> ToDelayed()
    {
        var blocks = new Delayed<Tensor<T>>[Chunks.Count];
        var slices = new Slice[Rank];
        for (int i = 0; i < blocks.Length; i++)
        {
            Region region = Chunks.RegionOf(i);
            for (int axis = 0; axis < slices.Length; axis++)
                slices[axis] = Slice.Between(region.Start[axis], region.End(axis));
            blocks[i] = new(Results.Delayed<T>(blocks.Length == 1 ? Expression : View.Slice(Expression, slices)));
        }

        return blocks;
    }

    /// <summary>The whole array as one delayed tensor.</summary>
    public Delayed<Tensor<T>> ToDelayedTensor() => new(Results.Delayed<T>(Expression));
}
