using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>A view of a view is one view; a reshape of a reshape is the last one.</summary>
internal sealed class MergeViews : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression) => expression switch
    {
        View { Input: View inner } outer => inner.Merge(outer),
        Reshape { Input: Reshape inner } outer => new Reshape(inner.Input, outer.Chunks),
        _ => null,
    };
}
