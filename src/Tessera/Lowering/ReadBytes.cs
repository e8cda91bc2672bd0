using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Lowering;

/// <summary>Adds up what a task reads from sources, decoded; memory is no source worth counting.</summary>
internal sealed class ReadBytes : IRecipeVisitor
{
    private long _total;

    public static long Of(Step step, int task)
    {
        var read = new ReadBytes();
        step.Visit(task, read);
        return read._total;
    }

    void IRecipeVisitor.Block(StepOutput output, long block)
    {
    }

    /// <summary>Of a region of a source: none where elements are in memory already, or are generated.</summary>
    public static long Of(IBlockSource source, Region region) => source is MemorySource or IGeneratedSource ? 0 : region.Length * source.ElementType.Size;

    void IRecipeVisitor.Read(IBlockSource source, Region region) => _total += Of(source, region);
}
