namespace Tessera;

/// <summary>How the workers of a <see cref="WorkerPool"/> live. What is left out has a good default.</summary>
public sealed record PoolOptions
{
    internal static PoolOptions Default { get; } = new();

    /// <summary>
    /// Runs once in every worker before its first task, also in one that replaces another: opens what the tasks need, sets what is static. A failure
    /// makes the pool unusable, and is told by whatever is asked of it.
    /// </summary>
    public Action? Initializer { get; init; }

    /// <summary>After so many inputs a worker is replaced by a fresh one, which frees what functions leaked; never, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxTasksPerWorker
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxTasksPerWorker), value, $"A worker can't end after {value} tasks; give 1 or more, or null to keep it.");
    }

    /// <summary>Hears what is worth knowing but no error: captured variables that are large to send. Written to the console's error stream unless set.</summary>
    public Action<string>? Warning { get; init; }

    internal void Warn(string message) => (Warning ?? Console.Error.WriteLine)(message);
}
