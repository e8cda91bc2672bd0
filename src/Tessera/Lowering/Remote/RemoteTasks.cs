using Tessera.Kernels;
using Tessera.Memory;
using Tessera.Pools;
using Tessera.Recipes;
using Tessera.Serialization;
using Tessera.Storage;

namespace Tessera.Lowering;

/// <summary>
/// Has the tasks of a plan done by worker processes. Blocks lie in memory that the processes share; values of functions go back and forth. What is ordered, held
/// and counted is ordered, held and counted here, as for threads.
/// </summary>
internal sealed class RemoteTasks : CallsElsewhere, IDisposable
{
    private readonly ProcessCrew _crew;
    private readonly TaskJob _job;
    private readonly SharedSources _sources;
    private readonly CancellationTokenRegistration _stopping;
    private readonly int[] _taskOfCall;

    /// <exception cref="System.Runtime.Serialization.SerializationException">Something in the expression can't travel.</exception>
    public RemoteTasks(Plan plan, CancellationToken stopping, ProcessCrew crew)
    {
        _crew = crew;
        foreach (StepOutput output in plan.Outputs)
        {
            if (output is BlocksOutput blocks)
                blocks.Pool = crew.Blocks;
        }

        _taskOfCall = plan.Tasks.FirstOrDefault(task => task.Step is CallsStep).Producer?.Tasks ?? [];
        PlanOrigin origin = plan.Origin!();
        _sources = new SharedSources(crew.Blocks, crew.Pages);
        try
        {
            SentWork sent = _sources.While(
                () => crew.Send(new PlanTaskWork(origin, PlanOrigin.Fingerprint(plan), crew.Pages.Path), TaskJob.Name));
            _job = new TaskJob(crew, sent);
        }
        catch
        {
            _sources.Dispose();
            throw;
        }

        _stopping = stopping.UnsafeRegister(_ => _job.Stop(), null);
    }

    /// <summary>True where a task is done in a process.</summary>
    public static bool Does(Step step) => step is not CallsStep;

    /// <summary>Does a task that makes elements.</summary>
    /// <returns>Null: it is done.</returns>
    public Task? Compute(int number, PlannedTask task, TaskContext context)
    {
        if (task.Producer.Output is BlocksOutput output)
        {
            Compute(number, task, output.Make(task.Index));
            return null;
        }

        (Destination destination, int cell, Region results) = task.Step.ResultsOf(task.Index)!.Value;
        ElementType type = destination.ElementType;
        using Block block = _crew.Blocks.Rent(results.Length * type.Size);
        Compute(number, task, block.Address);
        destination.Write(cell, results, context, tile =>
        {
            Tile made = Tile.Dense(block.Address, results.Extent, type);
            StridedCopy.Copy(made.Address, made.Strides, tile.Address, tile.Strides, results.Extent.AsSpan(), type.Size);
        });
        return null;
    }

    public override object? Call(int number, ReadOnlySpan<int> inputs, Func<int, object?> valueOf)
    {
        int[] needed = [.. inputs.ToArray().Distinct()];
        object? result = null;
        _job.Do(
            question =>
            {
                question.Write(_taskOfCall[number]);
                question.Write(needed.Length);
                foreach (int input in needed)
                {
                    question.Write(input);
                    question.Write(valueOf(input));
                }
            },
            answer => result = answer.Read<object?>(),
            isRepeatable: true); // what it takes travels there anew
        return result;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _job.Dispose();
        _sources.Dispose();
    }

    private void Compute(int number, PlannedTask task, nint results) => _job.Do(
        question =>
        {
            question.Write(number);
            WriteRange(question, results);
            task.Step.Visit(task.Index, new InputWriter(question, this, task.Producer.Output, results));
        },
        static _ => { },
        isRepeatable: !task.Step.ChangesInputs(task.Index));

    private void WriteRange(MessageWriter question, nint address)
    {
        (long offset, long bytes) = _crew.Pages.RangeOf(address);
        question.Write(offset);
        question.Write(bytes);
    }

    /// <summary>Writes where a task's inputs lie, in the order in which the task names them.</summary>
    private sealed class InputWriter(MessageWriter question, RemoteTasks tasks, StepOutput? own, nint results) : IRecipeVisitor
    {
        public void Block(StepOutput output, long block)
        {
            if (output == own)
                tasks.WriteRange(question, results); // of the task before in a chain, whose block this task has taken over
            else if (output is BlocksOutput blocks)
                tasks.WriteRange(question, blocks.AddressOf(block));
            else
                question.Write(((ValuesOutput)output).ElementsOf((int)block));
        }

        public void Read(IBlockSource source, Region region)
        {
        }
    }
}
