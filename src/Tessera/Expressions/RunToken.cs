namespace Tessera.Expressions;

/// <summary>The token that fires when the run that asks for it stops.</summary>
internal sealed class RunToken : ValueExpression
{
    private RunToken()
    {
    }

    public static RunToken Instance { get; } = new();

    public override string Name => "cancellation";
}
