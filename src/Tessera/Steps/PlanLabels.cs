using Tessera.Graphs;
using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>Tells people what the tasks of a plan are.</summary>
internal sealed class PlanLabels(PlannedTasks tasks) : ITaskLabels
{
    public string NameOf(int task) => tasks[task].Step.NameOf(tasks[task].Index);

    public string DescriptionOf(int task) => tasks[task].Step.DescriptionOf(tasks[task].Index);

    public object KindOf(int task) => tasks[task].Step.KindOf(tasks[task].Index);

    public bool IsCall(int task) => tasks[task].Step.IsCalls;

    public string? RegionOf(int task) => IsCall(task) ? null : tasks[task].Step.RegionOf(tasks[task].Index).ToString();

    public long BytesReadBy(int task) => ReadBytes.Of(tasks[task].Step, tasks[task].Index).Read;

    public long BytesDecodedBy(int task) => ReadBytes.Of(tasks[task].Step, tasks[task].Index).Decoded;

    public long BytesMadeBy(int task) => tasks[task].Step.ResultsOf(tasks[task].Index) is { } results
        ? results.Results.Length * results.Destination.ElementType.Size
        : tasks[task].Step.OutputBytes(tasks[task].Index);

    public IEnumerable<string> DataOf(int task)
    {
        (Producer producer, int index) = tasks[task];
        if (producer.Step.Calls is { } calls)
            return calls.DataOf(index);
        var sources = new Sources();
        producer.Step.Visit(index, sources);
        return sources.Names;
    }

    private sealed class Sources : IRecipeVisitor
    {
        public HashSet<string> Names { get; } = [];

        public void Block(BlocksOutput output, long block)
        {
        }

        public void Value(ValuesOutput output, int call)
        {
        }

        public void Cell(ReceivedOutput output, int cell)
        {
        }

        public void Read(IBlockSource source, Region region)
        {
            if (source.Shape.Rank > 0) // a constant is no data worth a word
                Names.Add(source.Name);
        }
    }
}
