using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>
/// One kind of work in a plan, done by a number of tasks that differ in their region alone. A step is data, and a task is its step and its number: what
/// they say of themselves is geometry, names and bytes, and executors do them. A task writes nothing but its own output, so that each may be done again.
/// </summary>
internal abstract class Step(string name)
{
    /// <summary>What the step does, for plans and errors: "fold sum over axis 0".</summary>
    public string Name { get; } = name;

    public abstract long TaskCount { get; }

    /// <summary>True for calls of functions; false for steps over arrays, whose tasks have regions.</summary>
    public bool IsCalls => Calls is not null;

    /// <summary>The calls, if it is calls.</summary>
    public virtual ICalls? Calls => null;

    /// <summary>What a task does.</summary>
    public virtual string NameOf(int task) => Name;

    /// <summary>What a task does it to.</summary>
    public virtual string DescriptionOf(int task) => $"{Name} {RegionOf(task)}";

    /// <summary>Equal for tasks that differ in what they work on alone.</summary>
    public virtual object KindOf(int task) => this;

    /// <summary>The region, for errors.</summary>
    public abstract Region RegionOf(int task);

    /// <summary>The failure of a task, told with what it was doing.</summary>
    public virtual ComputationException Failure(int task, Exception cause) => new(Name, RegionOf(task).ToString(), cause);

    /// <summary>Where results go that aren't blocks for later steps, and which of them a task makes. None for calls.</summary>
    public virtual (Destination Destination, int Cell, Region Results)? ResultsOf(int task) => null;

    /// <summary>Blocks and sources that a task reads.</summary>
    public abstract void Visit(int task, IRecipeVisitor visitor);

    /// <summary>Bytes of the blocks that a task leaves for its readers.</summary>
    public abstract long OutputBytes(int task);

    /// <summary>Bytes that a task takes at least while it is under way, beside its output, whatever it works with.</summary>
    public virtual long BytesBeside => 0;

    /// <summary>The answer for this kind of step.</summary>
    public abstract T Accept<T>(IStepKinds<T> kinds);
}
