using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Steps;

/// <summary>
/// Everything that will be done, in order, before any of it is: the steps, their tasks as a graph, and what they will read and hold.
/// A plan is run once.
/// </summary>
/// <param name="Steps">In the order of their first tasks.</param>
/// <param name="Tasks">By task number.</param>
/// <param name="Graph">Dependencies and bytes.</param>
/// <param name="Outputs">Blocks between steps.</param>
/// <param name="Forecast">Bytes read and held.</param>
internal sealed record Plan(IReadOnlyList<Step> Steps, PlannedTasks Tasks, TaskGraph Graph, IReadOnlyCollection<StepOutput> Outputs, MemoryForecast Forecast)
{
    private string? _identity;

    /// <summary>
    /// What is done, line by line, without what it is done to: equal for every scheduler, every number of workers and in every process, whatever chunks users see their arrays in.
    /// </summary>
    public IEnumerable<string> Text => PlanText.LinesOf(this);

    /// <summary>The SHA-256 of the text in hexadecimal digits. It says nothing of elements and values, unlike <see cref="Identity"/>, for which all of them are read.</summary>
    public string TextHash
    {
        get
        {
            using var content = new ContentHash();
            foreach (string line in Text)
                content.Add(line);
            return content.Digits();
        }
    }

    /// <summary>What it is known by where results of one run are to serve another; see <see cref="PlanIdentity"/>. Null where that can't be said.</summary>
    public string? Identity => _identity ??= PlanIdentity.Of(this);

    /// <summary>What its tasks work with, and, to the executor that said so, what it made ready for saying it.</summary>
    public IStepKinds<ITaskBytes>? Bytes { get; init; }

    /// <summary>Gives what it was made of, for executors elsewhere, which make it again.</summary>
    public Func<IPlanOrigin>? Origin { get; init; }

    /// <summary>True where reductions keep states for later steps, which a plan may keep fewer of.</summary>
    public bool KeepsStates { get; init; }

    /// <summary>True if sources that are read asynchronously are kept in blocks.</summary>
    public bool ReadsAside { get; init; }

    /// <summary>True where there is enough to do that kernels are compiled for it, once they are needed.</summary>
    public bool CompilesKernels { get; init; }

    /// <summary>Arrays in memory that are read, and must stay there until the run is over.</summary>
    public IReadOnlyCollection<MemorySource> Memory { get; init; } = [];

    /// <summary>That the plan doesn't fit into a budget, told with the operation that needs the most.</summary>
    public MemoryBudgetException TooLarge(long resultBytes, long budgetBytes)
    {
        PlannedTask task = Tasks[Forecast.PeakTask];
        string worst = task.Step.NameOf(task.Index);
        return new MemoryBudgetException(resultBytes > budgetBytes ? $"the result of {worst}" : worst, Forecast.PeakBytes + resultBytes, budgetBytes);
    }

    /// <summary>Gives back the blocks that a stopped run left, and the values that a finished one gave.</summary>
    public void Clear()
    {
        foreach (StepOutput output in Outputs)
            output.Clear();
    }
}
