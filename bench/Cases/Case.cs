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
    /// <summary>The <see cref="Bench.Limit"/> that it comes up against, if it was named.</summary>
    public string? Limit { get; init; }

    /// <summary>
    /// By which part of it a peer's answer may differ from Tessera's: an element of the result, or all of it where it is one number. Null where the
    /// answers are of different things: graphs, or files.
    /// </summary>
    public double? Tolerance { get; init; } = SameData;

    /// <summary>The same elements, added up in another order.</summary>
    public const double SameData = 1e-9;

    /// <summary>The same elements, added up in single precision on one side.</summary>
    public const double SinglePrecision = 1e-4;

    /// <summary>Ten million random numbers or more, others on each side.</summary>
    public const double OtherNumbers = 1e-3;

    /// <summary>Writes the files that it reads, those that aren't there.</summary>
    public Action<string>? Files { get; init; }

    /// <summary>Where it goes over so many things that the time of one is of interest: how many, and what one is called.</summary>
    public (int Count, string Name)? Each { get; init; }

    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<Case> All { get; } =
        [.. RandomArrays.Cases, .. InMemory.Cases, .. Rechunks.Cases, .. ImageStacks.Cases, .. DelayedCalls.Cases, .. PoolCalls.Cases, .. Hdf5Sets.Cases, .. ColdStart.Cases];
}
