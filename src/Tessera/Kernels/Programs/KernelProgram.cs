using System.Collections.Immutable;

namespace Tessera.Kernels;

/// <summary>One operation; A, B and C are the numbers of earlier nodes (of an input slot for <see cref="KernelOp.Input"/>), -1 where unused.</summary>
internal sealed record KernelNode(KernelOp Op, ElementType Type, int A = -1, int B = -1, int C = -1);

/// <summary>An input: a row of elements, or (<paramref name="IsScalar"/>) one element that stands for a row of equal ones.</summary>
internal sealed record KernelInput(ElementType Type, bool IsScalar);

/// <summary>What becomes of a node's values: stored as a row, or folded into <see cref="KernelProgram.Lanes"/> accumulators of the node's type.</summary>
internal enum KernelOutputKind : byte { Store, Sum, Product, Minimum, Maximum }

internal sealed record KernelOutput(int Node, KernelOutputKind Kind)
{
    /// <summary>The operation that a fold repeats.</summary>
    public static KernelOp Operation(KernelOutputKind kind) => kind switch
    {
        KernelOutputKind.Sum => KernelOp.Add,
        KernelOutputKind.Product => KernelOp.Multiply,
        KernelOutputKind.Minimum => KernelOp.Minimum,
        KernelOutputKind.Maximum => KernelOp.Maximum,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), $"Outputs of the kind {kind} don't fold."),
    };
}

/// <summary>
/// An elementwise computation over rows, as data: from it a kernel is interpreted or compiled, on any processor, with the same bits.
/// <code>
/// (x + c) * x, stored:    inputs  [0] double row, [1] double scalar
///                         nodes   0 Input 0 · 1 Input 1 · 2 Add 0 1 · 3 Multiply 2 0
///                         outputs Store 3
/// </code>
/// A folding output adds (multiplies, …) element i of the row into accumulator i mod <see cref="Lanes"/>, in the order of i, so the
/// result does not depend on the vector width of the machine.
/// </summary>
internal sealed record KernelProgram(ImmutableArray<KernelInput> Inputs, ImmutableArray<KernelNode> Nodes, ImmutableArray<KernelOutput> Outputs)
{
    /// <summary>Accumulators of a folding output, and elements per turn of a compiled loop: 64 where a one-byte type takes part, else 32.</summary>
    public int Lanes { get; } = Nodes.Any(node => node.Type.Size == 1) ? 64 : 32;

    public bool Equals(KernelProgram? other) =>
        other is not null && Inputs.AsSpan().SequenceEqual(other.Inputs.AsSpan()) && Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan()) &&
        Outputs.AsSpan().SequenceEqual(other.Outputs.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (KernelNode node in Nodes)
            hash.Add(node);
        foreach (KernelOutput output in Outputs)
            hash.Add(output);
        return hash.ToHashCode();
    }
}
