using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>
/// A view of an elementwise operation is the operation over views of its inputs, so that only what is seen is computed, and the view can
/// go on into the sources.
/// </summary>
internal sealed class PushViewThroughElementwise : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression)
    {
        if (expression is not View { Input: Elementwise elementwise } view)
            return null;

        // A broadcast stays above: it would have every repeated element computed anew.
        if (view.Shape.Length > elementwise.Shape.Length)
            return null;

        var inputs = new ArrayExpression[elementwise.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = view.Over(elementwise.Inputs[i]);
        return elementwise.Over(inputs, view.Chunks);
    }
}
