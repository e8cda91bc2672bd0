using Tessera.Recipes;
using Tessera.Serialization;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>A step over arrays, whose tasks worker processes do: told is which task, where its inputs lie, and where its results go.</summary>
/// <param name="step">The step.</param>
/// <param name="number">Its place in the plan.</param>
/// <param name="states">The blocks that its tasks leave, unless their results go to a destination.</param>
/// <param name="tasks">Brings tasks to processes.</param>
internal sealed class RemoteStep(Step step, int number, BlocksOutput? states, ProcessTasks tasks) : StepWork
{
    private RemoteDestination? _destination;

    public override Task? Execute(int task, TaskContext context)
    {
        if (states is not null)
        {
            Do(task, context.Blocks.Make(states, task), context.Blocks);
            return null;
        }

        (Destination destination, int cell, Region results) = step.ResultsOf(task)!.Value;
        _destination ??= destination.Accept(new RemoteDestinations(tasks.Blocks));
        return _destination.Write(cell, results, context, address => Do(task, address, context.Blocks));
    }

    private void Do(int task, nint results, BlockStore blocks) => tasks.Do(
        question =>
        {
            question.Write(number);
            question.Write(task);
            tasks.WriteRange(question, results);
            step.Visit(task, new InputWriter(question, tasks, blocks));
        },
        static _ => { });

    /// <summary>Writes where a task's inputs lie, in the order in which the task names them.</summary>
    private sealed class InputWriter(MessageWriter question, ProcessTasks tasks, BlockStore blocks) : IRecipeVisitor
    {
        public void Block(BlocksOutput output, long block) => tasks.WriteRange(question, blocks.AddressOf(output, block));

        public void Value(ValuesOutput output, int call) => question.Write(output.ElementsOf(call));

        public void Cell(ReceivedOutput output, int cell)
        {
        }

        public void Read(IBlockSource source, Region region)
        {
        }
    }
}
