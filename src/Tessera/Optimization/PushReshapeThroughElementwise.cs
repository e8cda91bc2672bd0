using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>A reshape of an elementwise operation is the operation over reshaped inputs, so that chains above and below it fuse.</summary>
internal sealed class PushReshapeThroughElementwise : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression)
    {
        if (expression is not Reshape { Input: Elementwise elementwise } reshape)
            return null;

        var inputs = new ArrayExpression[elementwise.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            // An input that repeats one element needs no reshape, only the new shape.
            inputs[i] = elementwise.Inputs[i] is View { Input.Shape.Rank: 0 } scalar
                ? View.Broadcast(scalar.Input, reshape.Chunks)
                : new Reshape(elementwise.Inputs[i], reshape.Chunks);
        }

        return elementwise.Over(inputs, reshape.Chunks);
    }
}
