using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>Emits an operation over vectors; of booleans, over masks.</summary>
internal delegate Expression LaneForm(LaneOperands x);

/// <summary>One row of the table of elementwise operations: all that the engine knows of it.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Arity">How many operands it has: 1 to 3.</param>
/// <param name="Kinds">Which element types users may apply it to.</param>
/// <param name="Plain">What it means, as the plain kernel does it; null where the kernels do it themselves.</param>
/// <param name="Lanes">What it is in vectors of numbers; null where it takes none.</param>
/// <param name="Masks">What it is for booleans, as masks; null where it takes none.</param>
/// <param name="Takes">The element types that kernels take, where users are allowed fewer.</param>
/// <param name="IsTest">True where the result is a boolean; else it has the type of the operands.</param>
/// <param name="MovesBits">True for what moves elements and doesn't compute with them, so that their arithmetic doesn't matter.</param>
/// <param name="Sign">The operator as users write it; null for a method.</param>
/// <param name="Method">The method as users write it, where it isn't called as the operation.</param>
/// <param name="Cost">Rough nanoseconds of an element in a fused kernel, its operands in the cache.</param>
internal sealed record OperationRow(
    KernelOp Op, int Arity, OperandKinds Kinds, PlainForm? Plain, LaneForm? Lanes, LaneForm? Masks = null,
    OperandKinds Takes = OperandKinds.None, bool IsTest = false, bool MovesBits = false, string? Sign = null, string? Method = null,
    double Cost = OperationRow.Simple)
{
    /// <summary>What an operation of one instruction costs: 10 G elements a second.</summary>
    public const double Simple = 0.1;

    /// <summary>A division or a root, of which a core makes a vector of eight in some sixteen cycles.</summary>
    public const double Division = 0.5;

    /// <summary>A function that takes some twenty instructions.</summary>
    public const double Function = 2;

    /// <summary>In the text of plans.</summary>
    public string Name => Op.ToString().ToLowerInvariant();

    /// <summary>What it makes of operands of a type.</summary>
    public ElementType ResultOf(ElementType operands) => IsTest ? ElementType.Boolean : operands;

    /// <summary>What an element of a type costs; one that is computed as another type is widened, and rounded back.</summary>
    public double CostFor(ElementType type) => MovesBits || type.ComputedAs == type ? Cost : Cost + (2 * Simple);

    /// <summary>Whether kernels compute it for operands of a type.</summary>
    public bool TakesType(ElementType type) => ((Kinds | Takes) & OperandKind.Of(type)) != 0;

    /// <summary>How the plain kernel does it for operands of a type.</summary>
    /// <exception cref="NotSupportedException">It isn't defined for the type.</exception>
    public PlainForm PlainFor(ElementType type) => Plain is not null && IsComputed(type) ? Plain : throw Missing(type);

    /// <summary>How vectors do it for operands of a type.</summary>
    /// <exception cref="NotSupportedException">It isn't defined for the type.</exception>
    public LaneForm LanesFor(ElementType type) =>
        (type == ElementType.Boolean ? Masks : Lanes) is { } form && IsComputed(type) ? form : throw Missing(type);

    private bool IsComputed(ElementType type) => TakesType(type) && type.ComputedAs == type;

    private NotSupportedException Missing(ElementType type) => new(
        $"A kernel was to compute {Op} of {type.Name}, which isn't defined. " +
        $"{nameof(OperationTable)} says which types an operation takes; cast the operand to one of them first.");
}
