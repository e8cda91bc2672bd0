namespace Tessera.Steps;

/// <summary>
/// What a plan was made of, as far as executors in other processes need it. It travels there, and the plan that it makes has the same tasks by the same numbers.
/// </summary>
internal interface IPlanOrigin
{
    /// <summary>The plan anew, with results that go where each task is told to leave them.</summary>
    Plan Remake();
}
