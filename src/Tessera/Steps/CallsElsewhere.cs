namespace Tessera.Steps;

/// <summary>Calls functions somewhere else than in this process.</summary>
internal abstract class CallsElsewhere
{
    /// <summary>Does a call of the plan and gives its value.</summary>
    /// <param name="number">Of the call.</param>
    /// <param name="inputs">The calls whose values it takes.</param>
    /// <param name="valueOf">Gives the value of one of those.</param>
    public abstract object? Call(int number, ReadOnlySpan<int> inputs, Func<int, object?> valueOf);
}
