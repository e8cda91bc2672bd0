using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>Emits an operation over vectors; of booleans, over masks.</summary>
internal delegate Expression LaneForm(LaneOperands x);

/// <summary>One row of the table of elementwise operations: all that the engine knows of it.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Arity">How many operands it has: 1 to 3.</param>
/// <param name="Kinds">Which element types users may apply it to.</param>
/// <param name="Plain">Makes what the plain kernel does, which few programs need of all operations; null where the kernels do it themselves.</param>
/// <param name="Lanes">What it is in vectors of numbers; null where it takes none.</param>
internal sealed record OperationRow(KernelOp Op, int Arity, OperandKinds Kinds, Func<PlainForm>? Plain, LaneForm? Lanes)
{
    private PlainForm? _plain;

    /// <summary>What it is for booleans, as masks; null where it takes none.</summary>
    public LaneForm? Masks { get; init; }

    /// <summary>The element types that kernels take: users may be allowed fewer.</summary>
    public OperandKinds Takes { get; init; } = Kinds;

    /// <summary>True where the result is a boolean; else it has the type of the operands.</summary>
    public bool IsTest { get; init; }

    /// <summary>True for what moves elements and doesn't compute with them, so that their arithmetic doesn't matter.</summary>
    public bool MovesBits { get; init; }

    /// <summary>The operator as users write it; null for a method.</summary>
    public string? Sign { get; init; }

    /// <summary>The method as users write it.</summary>
    public string Method { get; init; } = Op.ToString();

    /// <summary>In the text of plans.</summary>
    public string Name => Op.ToString().ToLowerInvariant();

    /// <summary>What it makes of operands of a type.</summary>
    public ElementType ResultOf(ElementType operands) => IsTest ? ElementType.Boolean : operands;

    /// <summary>Whether kernels compute it for operands of a type.</summary>
    public bool TakesType(ElementType type) => (Takes & OperandKind.Of(type)) != 0;

    /// <summary>How the plain kernel does it for operands of a type.</summary>
    /// <exception cref="NotSupportedException">It isn't defined for the type.</exception>
    public PlainForm PlainFor(ElementType type) => Plain is not null && IsComputed(type) ? _plain ??= Plain() : throw Missing(type);

    /// <summary>How vectors do it for operands of a type.</summary>
    /// <exception cref="NotSupportedException">It isn't defined for the type.</exception>
    public LaneForm LanesFor(ElementType type) =>
        (type == ElementType.Boolean ? Masks : Lanes) is { } form && IsComputed(type) ? form : throw Missing(type);

    private bool IsComputed(ElementType type) => TakesType(type) && type.ComputedAs == type;

    private NotSupportedException Missing(ElementType type) => new(
        $"A kernel was to compute {Op} of {type.Name}, which isn't defined. " +
        $"{nameof(OperationTable)} says which types an operation takes; cast the operand to one of them first.");
}
