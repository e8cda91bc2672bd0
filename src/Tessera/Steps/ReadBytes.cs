using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Steps;

/// <summary>Adds up what a task reads from sources, decoded; memory is no source worth counting.</summary>
internal sealed class ReadBytes : IRecipeVisitor
{
    private long _total, _decoded;

    /// <summary>What a task asks for and, with the rest of the storage chunks that it reads in part, what is decoded for it.</summary>
    public static (long Read, long Decoded) Of(Step step, int task)
    {
        var read = new ReadBytes();
        step.Visit(task, read);
        return (read._total, read._decoded);
    }

    /// <summary>The bytes of the storage chunks that a region touches, unless the source reads parts of them as well.</summary>
    public static long Decoded(IBlockSource source, Region region)
    {
        long asked = Of(source, region);
        if (source.IsCheap || asked == 0)
            return asked;

        long elements = 1;
        (Shape chunks, Shape shape) = (source.StorageChunks, source.Shape);
        for (int axis = 0; axis < region.Rank; axis++)
        {
            long chunk = Math.Max(1, chunks[axis]), first = region.Start[axis] / chunk * chunk;
            long last = Math.Min(shape[axis], (region.End(axis) + chunk - 1) / chunk * chunk);
            elements *= last - first;
        }

        return elements * source.ElementType.Size;
    }

    void IRecipeVisitor.Block(BlocksOutput output, long block)
    {
    }

    void IRecipeVisitor.Value(ValuesOutput output, int call)
    {
    }

    void IRecipeVisitor.Cell(ReceivedOutput output, int cell)
    {
    }

    /// <summary>Of a region of a source: none where elements are in memory already, or are generated.</summary>
    public static long Of(IBlockSource source, Region region) => source is MemorySource or IGeneratedSource ? 0 : region.Length * source.ElementType.Size;

    void IRecipeVisitor.Read(IBlockSource source, Region region) =>
        (_total, _decoded) = (_total + Of(source, region), _decoded + Decoded(source, region));
}
