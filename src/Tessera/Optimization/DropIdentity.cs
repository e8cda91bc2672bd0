using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera.Optimization;

/// <summary>What changes nothing goes away: a view of everything as it is, a reshape to the same shape, a cast to the same type.</summary>
internal sealed class DropIdentity : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression) => expression switch
    {
        View view when view.Map.IsIdentityOn(view.Input.Shape) => view.Input,
        Reshape reshape when reshape.Shape == reshape.Input.Shape => reshape.Input,
        Elementwise { Op: KernelOp.Cast } cast when cast.ElementType == cast.Inputs[0].ElementType => cast.Inputs[0],
        Concatenate { Inputs.Length: 1 } one => one.Inputs[0],
        _ => null,
    };
}
