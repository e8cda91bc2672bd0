namespace Tessera.Steps;

/// <summary>
/// An answer for each kind of step: what an executor does with it, say. A kind that is added here compiles once every executor has it.
/// </summary>
internal interface IStepKinds<out T>
{
    T Of(FillStep step);

    T Of(ReadStep step);

    T Of(FoldStep step);

    T Of(MergeStep step);

    T Of(CallsStep step);
}
