namespace Tessera.Expressions;

/// <summary>A plain value.</summary>
internal sealed class Data(object? value, string name) : ValueExpression
{
    public object? Value => value;

    public override string Name => name;
}
