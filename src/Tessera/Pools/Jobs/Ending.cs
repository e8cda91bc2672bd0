namespace Tessera.Pools;

/// <summary>How a job ended. There is no ending without all results and without a reason.</summary>
internal abstract record Ending
{
    private Ending()
    {
    }

    /// <summary>All inputs have their results.</summary>
    /// <param name="Inputs">How many these were.</param>
    public sealed record All(long Inputs) : Ending;

    /// <summary>Some input has no result.</summary>
    /// <param name="Reason">What the caller is told.</param>
    public sealed record Broken(Exception Reason) : Ending;

    /// <summary>Whoever consumed the results has had enough of them, and asks for no more.</summary>
    public sealed record LeftOff : Ending;
}
