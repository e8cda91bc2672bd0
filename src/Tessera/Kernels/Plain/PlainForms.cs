using System.Numerics;

namespace Tessera.Kernels;

/// <summary>The rows of one node in the plain kernel: up to three operands, the result, and how many elements each has.</summary>
internal readonly record struct PlainOperands(nint A, nint B, nint C, nint Result, int Length);

/// <summary>An operation as the plain kernel does it: a loop over rows of any element type that the operation takes. What it gives says nothing.</summary>
internal delegate bool PlainForm(ElementType type, PlainOperands rows);

/// <summary>The loop of an operation on one operand.</summary>
internal readonly unsafe struct MapForm<TOperation> : IElementWork<PlainOperands, bool>
    where TOperation : struct, IUnaryOperation<TOperation>
{
    public static bool Run(ElementType type, PlainOperands rows) => ElementTypeTable.Do<MapForm<TOperation>, PlainOperands, bool>(type, rows);

    public static bool Boolean(PlainOperands rows)
    {
        for (int i = 0; i < rows.Length; i++)
            ((byte*)rows.Result)[i] = TOperation.OfBoolean(((byte*)rows.A)[i]);
        return true;
    }

    public static bool Integer<T>(PlainOperands rows)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = TOperation.OfInteger(((T*)rows.A)[i]);
        return true;
    }

    public static bool FloatingPoint<T>(PlainOperands rows)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = TOperation.OfFloat(((T*)rows.A)[i]);
        return true;
    }
}

/// <summary>The loop of an operation on two operands.</summary>
internal readonly unsafe struct ZipForm<TOperation> : IElementWork<PlainOperands, bool>
    where TOperation : struct, IBinaryOperation<TOperation>
{
    public static bool Run(ElementType type, PlainOperands rows) => ElementTypeTable.Do<ZipForm<TOperation>, PlainOperands, bool>(type, rows);

    public static bool Boolean(PlainOperands rows)
    {
        for (int i = 0; i < rows.Length; i++)
            ((byte*)rows.Result)[i] = TOperation.OfBoolean(((byte*)rows.A)[i], ((byte*)rows.B)[i]);
        return true;
    }

    public static bool Integer<T>(PlainOperands rows)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = TOperation.OfInteger(((T*)rows.A)[i], ((T*)rows.B)[i]);
        return true;
    }

    public static bool FloatingPoint<T>(PlainOperands rows)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = TOperation.OfFloat(((T*)rows.A)[i], ((T*)rows.B)[i]);
        return true;
    }
}

/// <summary>The loop of an operation on three operands of floating point.</summary>
internal readonly unsafe struct JoinForm<TOperation> : IElementWork<PlainOperands, bool>
    where TOperation : struct, ITernaryOperation
{
    public static bool Run(ElementType type, PlainOperands rows) => ElementTypeTable.Do<JoinForm<TOperation>, PlainOperands, bool>(type, rows);

    public static bool Boolean(PlainOperands rows) => throw new InvalidOperationException($"{typeof(TOperation).Name} takes floating point.");

    public static bool Integer<T>(PlainOperands rows)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Boolean(rows);

    public static bool FloatingPoint<T>(PlainOperands rows)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = TOperation.Invoke(((T*)rows.A)[i], ((T*)rows.B)[i], ((T*)rows.C)[i]);
        return true;
    }
}

/// <summary>The loop of a test on two operands, or on one that is given as both.</summary>
internal readonly unsafe struct TestForm<TTest> : IElementWork<PlainOperands, bool>
    where TTest : struct, ITest<TTest>
{
    public static bool Run(ElementType type, PlainOperands rows) =>
        ElementTypeTable.Do<TestForm<TTest>, PlainOperands, bool>(type, rows.B == 0 ? rows with { B = rows.A } : rows);

    public static bool Boolean(PlainOperands rows) => Test<byte>(rows);

    public static bool Integer<T>(PlainOperands rows)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Test<T>(rows);

    public static bool FloatingPoint<T>(PlainOperands rows)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => Test<T>(rows);

    private static bool Test<T>(PlainOperands rows)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < rows.Length; i++)
            ((byte*)rows.Result)[i] = TTest.Invoke(((T*)rows.A)[i], ((T*)rows.B)[i]) ? (byte)1 : (byte)0;
        return true;
    }
}
