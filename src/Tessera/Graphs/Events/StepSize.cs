namespace Tessera;

/// <summary>How many tasks of one name a run has.</summary>
/// <param name="Name">What they do: the name of a delayed function, the operations of a step over arrays.</param>
/// <param name="Tasks">How many there are.</param>
public sealed record StepSize(string Name, int Tasks);
