namespace Tessera.Bench;

/// <summary>What a case is run with.</summary>
/// <param name="Data">Folder of the files that cases read.</param>
/// <param name="Options">How Tessera computes.</param>
internal readonly record struct Setting(string Data, ComputeOptions Options);

/// <summary>One thing that is measured.</summary>
/// <param name="Name">On the command line, and in peers/.</param>
/// <param name="What">In the table.</param>
/// <param name="Prepare">Makes the data, which isn't measured, and answers what is run. A run answers a result, or <see cref="Measured"/>.</param>
/// <param name="Peers">Who else does it: contenders of peers/, and "one-worker", Tessera on one thread.</param>
internal sealed record Case(string Name, string What, Func<Setting, Func<object>> Prepare, params string[] Peers)
{
    /// <summary>The element, along the last axis, that a run answers of a result with many; peers/run.py has the same.</summary>
    public const int Element = 100;

    /// <summary>Tolerance where one side adds in single precision.</summary>
    public const double SinglePrecision = 1e-4;

    /// <summary>Tolerance where each side has other random numbers, ten million or more.</summary>
    public const double OtherNumbers = 1e-3;

    private const double SameData = 1e-9;

    /// <summary>The <see cref="Bench.Limit"/> that it comes up against, if it was named.</summary>
    public string? Limit { get; init; }

    /// <summary>
    /// How far a peer's answer may be from Tessera's, as a part of the larger one. The answer is an element of the result, or the result where that is
    /// one number. Null where answers are of different things: graphs, or files.
    /// </summary>
    public double? Tolerance { get; init; } = SameData;

    /// <summary>Writes the files that it reads, those that aren't there.</summary>
    public Action<string>? Files { get; init; }

    /// <summary>Where it goes over so many things that the time of one is of interest: how many, and what one is called.</summary>
    public (int Count, string Name)? Each { get; init; }

    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<Case> All { get; } =
        [.. RandomArrays.Cases, .. InMemory.Cases, .. Rechunks.Cases, .. ImageStacks.Cases, .. DelayedCalls.Cases, .. PoolCalls.Cases, .. Hdf5Sets.Cases, .. ColdStart.Cases];
}
