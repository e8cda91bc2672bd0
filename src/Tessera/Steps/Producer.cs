using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>
/// A step, what it leaves for others, and, piece by piece, the graph's numbers of the tasks that make it and of those that read it last.
/// </summary>
/// <param name="step">Its tasks are numbered when they are needed.</param>
/// <param name="output">A piece a task; null where the elements go to the destination of the whole.</param>
internal sealed class Producer(Step step, StepOutput? output)
{
    public const int None = -1;

    private int[]? _tasks, _lastReaders;

    public Step Step => step;

    public StepOutput? Output => output;

    /// <summary>The step's place among those of the plan; <see cref="None"/> while none of its tasks is in it.</summary>
    public int Number { get; set; } = None;

    /// <summary>What the tasks work with. Said by whom the plan is made for, as the first task gets its number.</summary>
    public ITaskBytes? Bytes { get; set; }

    /// <summary>True where the graph has all tasks of the step, no others, and in their order.</summary>
    public bool TasksAreInOrder { get; set; }

    /// <summary>The number of each task, or <see cref="None"/> while nothing needs it.</summary>
    public int[] Tasks => _tasks ??= TasksAreInOrder ? [.. Enumerable.Range(0, (int)step.TaskCount)] : NotYet();

    /// <summary>The highest number of a task that reads the piece, or <see cref="None"/>.</summary>
    public int[] LastReaders => _lastReaders ??= NotYet();

    private int[] NotYet()
    {
        if (step.TaskCount > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"{step.Name} is {step.TaskCount} tasks, and a computation has {Array.MaxLength} at most. Slice the array and compute it in parts.");
        }

        var numbers = new int[step.TaskCount];
        Array.Fill(numbers, None);
        return numbers;
    }
}
