using Tessera.Memory;
using Tessera.Pools;
using Tessera.Recipes;
using Tessera.Serialization;
using Tessera.Storage;

namespace Tessera.Lowering;

/// <summary>
/// The tasks of a plan in a worker process. It travels as what the plan was made of, and makes the plan when the first task is asked for. A question is the number
/// of a task, where its inputs lie in shared memory and where its results go; or, for a call, the values of its arguments.
/// </summary>
internal sealed class PlanTaskWork(PlanOrigin origin, int fingerprint, string pages) : RemoteWork
{
    [NonSerialized]
    private Remade? _plan;

    public override void Execute(MessageReader question, MessageWriter answer, ControlPage control)
    {
        Remade plan = _plan ??= new Remade(origin, fingerprint, MappedPages.Of(pages));
        PlannedTask task = plan.Tasks[question.Read<int>()];
        try
        {
            if (task.Step is CallsStep)
                Call(plan, task, question, answer, control);
            else
                Compute(plan, task, question, answer, control);
        }
        finally
        {
            plan.Forget();
        }
    }

    public override void Forget() => _plan?.Dispose();

    private static void Compute(Remade plan, PlannedTask task, MessageReader question, MessageWriter answer, ControlPage control)
    {
        var inputs = new PlacedInputs(question, plan.Pages);
        nint results = inputs.ReadAddress();
        task.Step.Visit(task.Index, inputs);
        question.Finish();
        inputs.SetValues();
        if (task.Producer.Output is BlocksOutput output)
            output.Place(task.Index, results);
        else if (task.Producer.Output is ReceivedOutput received)
            received.Placed = results;
        else
            ((PlacedDestination)task.Step.ResultsOf(task.Index)!.Value.Destination).Address = results;

        try
        {
            control.Item = 0;
            using var context = new TaskContext(plan.Stopping(control));
            task.Step.Execute(task.Index, context);
        }
        finally
        {
            inputs.LetValuesGo();
        }

        answer.Write(Served.Answer);
    }

    private static void Call(Remade plan, PlannedTask task, MessageReader question, MessageWriter answer, ControlPage control)
    {
        var values = (ValuesOutput)task.Producer.Output!;
        int count = question.Read<int>();
        var inputs = new (int Number, object? Value)[count];
        for (int i = 0; i < count; i++)
            inputs[i] = (question.Read<int>(), question.Read<object?>());
        question.Finish();
        foreach ((int number, object? value) in inputs)
            values[number] = value;

        control.Item = 0;
        using (var context = new TaskContext(plan.Stopping(control)) { Constants = plan.Constants })
            task.Step.Execute(task.Index, context);
        answer.Write(Served.Answer);
        answer.Write(values[task.Index]);
        values[task.Index] = null;
        foreach ((int number, _) in inputs)
            values[number] = null;
    }

    /// <summary>The plan as this process made it, and what its tasks need here.</summary>
    private sealed class Remade : IDisposable
    {
        private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

        private readonly Plan _plan;
        private readonly Timer _looks;
        private readonly CancellationTokenSource _stopping = new();
        private readonly Lock _gate = new();
        private ControlPage? _control; // while a task is on

        public Remade(PlanOrigin origin, int fingerprint, MappedPages pages)
        {
            _plan = origin.Remake();
            if (PlanOrigin.Fingerprint(_plan) != fingerprint)
                throw new InvalidOperationException("A worker process planned a computation differently. This is an error in Tessera; please report it.");
            Pages = pages;
            _looks = new Timer(_ => Look());
        }

        public PlannedTasks Tasks => _plan.Tasks;

        public MappedPages Pages { get; }

        /// <summary>The calls of a plan have their constants in common; each is given its own.</summary>
        public Copies Constants { get; } = new();

        /// <summary>Fires when the run is stopped.</summary>
        public CancellationToken Stopping(ControlPage control)
        {
            lock (_gate)
                _control = control;
            _looks.Change(BetweenLooks, BetweenLooks);
            return _stopping.Token;
        }

        /// <summary>After a task.</summary>
        public void Forget()
        {
            _looks.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (_gate)
                _control = null; // what it says after this is meant for another run
            foreach (StepOutput output in _plan.Outputs)
                (output as BlocksOutput)?.ForgetPlaces();
            Pages.Trim();
        }

        private void Look()
        {
            lock (_gate)
            {
                if (_control is { StopAt: <= 0 })
                    _stopping.Cancel();
            }
        }

        public void Dispose()
        {
            _looks.Dispose();
            _stopping.Dispose();
        }
    }

    /// <summary>Reads where a task's inputs lie, in the order in which the task names them.</summary>
    private sealed class PlacedInputs(MessageReader question, MappedPages pages) : IRecipeVisitor
    {
        private readonly List<(ValuesOutput Values, int Number, MemorySource Elements)> _values = [];

        public nint ReadAddress()
        {
            long offset = question.Read<long>(), bytes = question.Read<long>();
            return pages.AddressOf(offset, bytes);
        }

        public void Block(StepOutput output, long block)
        {
            if (output is BlocksOutput blocks)
                blocks.Place(block, ReadAddress());
            else
                _values.Add(((ValuesOutput)output, (int)block, question.Read<MemorySource>()));
        }

        public void Read(IBlockSource source, Region region)
        {
        }

        public void SetValues() => _values.ForEach(input => input.Values[input.Number] = input.Elements);

        public void LetValuesGo() => _values.ForEach(input =>
        {
            input.Values[input.Number] = null;
            input.Elements.Release();
        });
    }
}
