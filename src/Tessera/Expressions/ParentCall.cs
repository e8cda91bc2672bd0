namespace Tessera.Expressions;

/// <summary>In a worker process: a value that its parent computes. All that is known of it here is its place in the graph.</summary>
/// <param name="name">What it is there.</param>
/// <param name="needs">The expressions that it needs.</param>
internal sealed class ParentCall(string name, object?[] needs) : ValueExpression
{
    public override string Name => name;

    public override ReadOnlySpan<object?> Arguments => needs;
}
