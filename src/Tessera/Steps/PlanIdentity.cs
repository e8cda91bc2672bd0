namespace Tessera.Steps;

/// <summary>
/// What a plan is known by where results of one run are to serve another, a checkpoint: two plans that have one identity give the same bits. It is the SHA-256 of the
/// plan's text, of the build of this library, and of all that the plan reads.
/// </summary>
/// <remarks>
/// <para>
/// Covered are the elements of arrays in memory, all of them; functions, by their method in its build and the variables that they captured; plain values that calls
/// take; and other sources by what travels of them to a worker process: of files their paths, their lengths and when they were last written to.
/// </para>
/// <para>
/// Not covered is what no plan knows: static fields, the clock, other files that a function reads, the content of a file whose length and time are as they were, and
/// that of one that others may write to while it is read. Equal plans of different builds or installations have different identities, for nobody can say that they
/// give the same, and so may plans over equal values that came about differently (a list that was changed more often, arrays of structs with gaps between fields). A plan over what can't travel has none.
/// </para>
/// </remarks>
internal static class PlanIdentity
{
    /// <summary>64 hexadecimal digits, or null.</summary>
    public static string? Of(Plan plan)
    {
        using var content = new ContentHash();
        content.Add(typeof(PlanIdentity).Module.ModuleVersionId.ToString()); // in which order floats are added up is decided by its constants
        var sources = new List<IBlockSource>();
        foreach (string line in PlanText.LinesOf(plan, sources))
            content.Add(line);
        foreach (IBlockSource source in sources)
        {
            if (!content.TryAdd(source))
                return null;
        }

        foreach (Step step in plan.Steps)
        {
            for (int task = 0; step.Calls is { } calls && task < step.TaskCount; task++)
            {
                if (!calls.AddContent(task, content))
                    return null;
            }
        }

        return content.Digits();
    }
}
