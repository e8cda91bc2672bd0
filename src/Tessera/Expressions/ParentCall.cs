namespace Tessera.Expressions;

/// <summary>In a worker process: a value that its parent computes. All that is known of it here is its place in the graph.</summary>
/// <param name="needs">The expressions that it needs.</param>
internal sealed class ParentCall(object?[] needs) : ValueExpression
{
    public override string Name => "a call in the parent process";

    public override ReadOnlySpan<object?> Arguments => needs;
}
