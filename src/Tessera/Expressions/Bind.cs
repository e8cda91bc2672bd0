using Tessera.Diagnostics;

namespace Tessera.Expressions;

/// <summary>A value that is known only once another is: a function of a computed value tells what to compute next.</summary>
internal sealed class Bind(object? source, Func<object?, object?> next, string name, SourceLine site) : ValueExpression
{
    private readonly object?[] _arguments = [source];

    /// <summary>From the source's value to the expression, or the plain value, that is the result.</summary>
    public Func<object?, object?> Next => next;

    public override Delegate Code => next;

    public override string Name => name;

    public override ReadOnlySpan<object?> Arguments => _arguments;

    public override SourceLine Site => site;
}
