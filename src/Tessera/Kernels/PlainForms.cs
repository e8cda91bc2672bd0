using System.Numerics;

namespace Tessera.Kernels;

/// <summary>The rows of one node in the plain kernel: up to three operands, the result, and how many elements each has.</summary>
internal readonly record struct PlainOperands(nint A, nint B, nint C, nint Result, int Length);

/// <summary>An operation as the plain kernel does it: a loop over rows of any element type that the operation takes.</summary>
internal abstract class PlainForm
{
    /// <param name="type">Of the operands.</param>
    /// <param name="rows">Where they are, and the result.</param>
    public abstract void Run(ElementType type, PlainOperands rows);
}

/// <summary>The loop of an operation on one operand.</summary>
internal sealed class MapForm<TOperation> : PlainForm
    where TOperation : struct, IUnaryOperation<TOperation>
{
    public static PlainForm Make() => new MapForm<TOperation>();

    public override void Run(ElementType type, PlainOperands rows) => ElementTypeTable.Do<Loop, bool>(type, new Loop(rows));

    private readonly unsafe struct Loop(PlainOperands rows) : IElementWork<bool>
    {
        public bool Boolean()
        {
            for (int i = 0; i < rows.Length; i++)
                ((byte*)rows.Result)[i] = TOperation.OfBoolean(((byte*)rows.A)[i]);
            return true;
        }

        public bool Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            for (int i = 0; i < rows.Length; i++)
                ((T*)rows.Result)[i] = TOperation.OfInteger(((T*)rows.A)[i]);
            return true;
        }

        public bool FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
        {
            for (int i = 0; i < rows.Length; i++)
                ((T*)rows.Result)[i] = TOperation.OfFloat(((T*)rows.A)[i]);
            return true;
        }
    }
}

/// <summary>The loop of an operation on two operands, also as a fold: one of them an accumulator.</summary>
internal sealed class ZipForm<TOperation> : PlainForm
    where TOperation : struct, IBinaryOperation<TOperation>
{
    public static PlainForm Make() => new ZipForm<TOperation>();

    public override void Run(ElementType type, PlainOperands rows) => ElementTypeTable.Do<Loop, bool>(type, new Loop(rows));

    private readonly unsafe struct Loop(PlainOperands rows) : IElementWork<bool>
    {
        public bool Boolean()
        {
            for (int i = 0; i < rows.Length; i++)
                ((byte*)rows.Result)[i] = TOperation.OfBoolean(((byte*)rows.A)[i], ((byte*)rows.B)[i]);
            return true;
        }

        public bool Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            for (int i = 0; i < rows.Length; i++)
                ((T*)rows.Result)[i] = TOperation.OfInteger(((T*)rows.A)[i], ((T*)rows.B)[i]);
            return true;
        }

        public bool FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
        {
            for (int i = 0; i < rows.Length; i++)
                ((T*)rows.Result)[i] = TOperation.OfFloat(((T*)rows.A)[i], ((T*)rows.B)[i]);
            return true;
        }
    }
}

/// <summary>The loop of an operation on three operands of floating point.</summary>
internal sealed class JoinForm<TOperation> : PlainForm
    where TOperation : struct, ITernaryOperation
{
    public static PlainForm Make() => new JoinForm<TOperation>();

    public override void Run(ElementType type, PlainOperands rows) => ElementTypeTable.Do<Loop, bool>(type, new Loop(rows));

    private readonly unsafe struct Loop(PlainOperands rows) : IElementWork<bool>
    {
        public bool Boolean() => throw new InvalidOperationException($"{typeof(TOperation).Name} takes floating point.");

        public bool Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Boolean();

        public bool FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
        {
            for (int i = 0; i < rows.Length; i++)
                ((T*)rows.Result)[i] = TOperation.Invoke(((T*)rows.A)[i], ((T*)rows.B)[i], ((T*)rows.C)[i]);
            return true;
        }
    }
}

/// <summary>The loop of a test on two operands, or on one that is given as both.</summary>
internal sealed class TestForm<TTest> : PlainForm
    where TTest : struct, ITest<TTest>
{
    public static PlainForm Make() => new TestForm<TTest>();

    public override void Run(ElementType type, PlainOperands rows) =>
        ElementTypeTable.Do<Loop, bool>(type, new Loop(rows.B == 0 ? rows with { B = rows.A } : rows));

    private readonly unsafe struct Loop(PlainOperands rows) : IElementWork<bool>
    {
        public bool Boolean() => Run<byte>();

        public bool Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Run<T>();

        public bool FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => Run<T>();

        private bool Run<T>()
            where T : unmanaged, INumber<T>
        {
            for (int i = 0; i < rows.Length; i++)
                ((byte*)rows.Result)[i] = TTest.Invoke(((T*)rows.A)[i], ((T*)rows.B)[i]) ? (byte)1 : (byte)0;
            return true;
        }
    }
}
