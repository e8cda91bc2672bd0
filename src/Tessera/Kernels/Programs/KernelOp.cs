namespace Tessera.Kernels;

/// <summary>
/// What one node of a kernel does, element by element. Operands and result have one type, except where a line says otherwise.
/// Booleans are bytes 0 or 1. All else that is known of an operation is in its row of <see cref="OperationTable"/>.
/// </summary>
internal enum KernelOp : byte
{
    /// <summary>An input slot; operand A is its number.</summary>
    Input,

    /// <summary>
    /// To the node's type. Integers wrap. Floating point to integer truncates and saturates, NaN giving 0; to 8 and 16 bits by way of a 32-bit
    /// integer that saturates, and then wraps.
    /// </summary>
    Cast,

    /// <summary>A (boolean) chooses between B and C.</summary>
    Where,

    Negate, Abs, Square,
    Sqrt, Cbrt, Exp, Log, Sin, Cos, Floor, Ceiling, Round, // floating point only; Round to even

    /// <summary>Bitwise complement; logical for booleans.</summary>
    Not,

    /// <summary>Floating point to boolean.</summary>
    IsNaN,

    Add, Subtract, Multiply,

    /// <summary>Integers truncate toward zero, as in C#; by zero gives 0, as in NumPy; the smallest by -1 wraps.</summary>
    Divide,

    /// <summary>The sign of the dividend, as in C#; integers by zero give 0.</summary>
    Remainder,

    /// <summary>Floating point, and integers by repeated squaring (a negative exponent gives 0, except for the bases 1 and -1).</summary>
    Power,

    /// <summary>A NaN on either side wins, as in NumPy.</summary>
    Minimum, Maximum,

    /// <summary>Floating point: the magnitude of A with the sign of B, of zeros and NaN too.</summary>
    CopySign,

    And, Or, Xor,

    /// <summary>Integers, by the low bits of the right operand, as in C#.</summary>
    ShiftLeft, ShiftRight,

    /// <summary>Two operands of one type to a boolean.</summary>
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,

    /// <summary>Floating point: A × B + C, rounded once.</summary>
    FusedMultiplyAdd,
}
