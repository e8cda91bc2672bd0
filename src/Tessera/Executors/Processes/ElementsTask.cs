using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Serialization;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Executors;

/// <summary>A task that makes elements: told is where its results go and where its inputs lie, in the order in which the task names them.</summary>
internal sealed class ElementsTask(Step step, PlacedBlocks blocks, MappedPages pages) : PlacedTask
{
    private readonly List<(ValuesOutput Values, int Number, MemorySource Elements)> _values = [];

    public override void Take(int task, MessageReader question)
    {
        blocks.Results = ReadAddress(question);
        step.Visit(task, new InputReader(question, this));
    }

    public override void Answer(int task, MessageWriter answer)
    {
    }

    public override void Forget()
    {
        blocks.Forget();
        foreach ((ValuesOutput values, int number, MemorySource elements) in _values)
        {
            values[number] = null;
            elements.Release();
        }
    }

    private nint ReadAddress(MessageReader question)
    {
        long offset = question.Read<long>(), bytes = question.Read<long>();
        return pages.AddressOf(offset, bytes);
    }

    private void Place(BlocksOutput output, long block, nint address) => blocks.Place(output, block, address);

    private sealed class InputReader(MessageReader question, ElementsTask task) : IRecipeVisitor
    {
        public void Block(BlocksOutput output, long block) => task.Place(output, block, task.ReadAddress(question));

        public void Value(ValuesOutput output, int call)
        {
            var elements = question.Read<MemorySource>();
            output[call] = elements;
            task._values.Add((output, call, elements));
        }

        public void Cell(ReceivedOutput output, int cell)
        {
        }

        public void Read(IBlockSource source, Region region)
        {
        }
    }
}
