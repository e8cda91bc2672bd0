using System.Runtime.CompilerServices;
using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>Makes equal subtrees one object, so that they are computed once: two expressions are equal when their parameters and their inputs are.</summary>
internal sealed class Interning : IEqualityComparer<ArrayExpression>
{
    private readonly Dictionary<ArrayExpression, ArrayExpression> _known;

    public Interning() => _known = new(this);

    /// <summary>The first expression seen that equals this one, whose inputs have been interned.</summary>
    public ArrayExpression Intern(ArrayExpression expression)
    {
        if (_known.TryGetValue(expression, out ArrayExpression? known))
            return known;
        _known.Add(expression, expression);
        return expression;
    }

    public bool Equals(ArrayExpression? x, ArrayExpression? y)
    {
        if (ReferenceEquals(x, y))
            return true;
        if (x is null || y is null || x.Inputs.Length != y.Inputs.Length || !x.HasSameParameters(y))
            return false;

        for (int i = 0; i < x.Inputs.Length; i++)
        {
            if (!ReferenceEquals(x.Inputs[i], y.Inputs[i]))
                return false;
        }

        return true;
    }

    public int GetHashCode(ArrayExpression expression)
    {
        int hash = expression.ParametersHash;
        foreach (ArrayExpression input in expression.Inputs)
            hash = HashCode.Combine(hash, RuntimeHelpers.GetHashCode(input));
        return hash;
    }
}
