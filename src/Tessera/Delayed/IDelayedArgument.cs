namespace Tessera;

/// <summary>What can be computed where a plain value is expected: a delayed value, a lazy scalar.</summary>
internal interface IDelayedArgument
{
    /// <summary>An expression, or a plain value as it is.</summary>
    object? Argument { get; }
}
