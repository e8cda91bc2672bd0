using Tessera.Kernels;

namespace Tessera.Expressions;

/// <summary>A function called with values and with values yet to be computed.</summary>
internal sealed class Call(UserFunction function, object?[] arguments, SourceLine site) : ValueExpression
{
    public UserFunction Function => function;

    public override string Name => function.Name;

    public override ReadOnlySpan<object?> Arguments => arguments;

    public override SourceLine Site => site;
}
