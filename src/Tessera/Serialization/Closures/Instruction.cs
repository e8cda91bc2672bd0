using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Runtime.Serialization;

namespace Tessera.Serialization;

/// <summary>
/// One instruction of a method. The operand is a token, the number of a variable, or the place that is jumped to; of a <c>switch</c> it is
/// how many places follow.
/// </summary>
internal readonly record struct Instruction(OpCode Code, int Operand, int Next)
{
    /// <summary>The value of the operation, as <see cref="System.Reflection.Metadata.ILOpCode"/> has it.</summary>
    public int Operation => (ushort)Code.Value;

    public static Instruction At(byte[] il, int place)
    {
        bool isLong = il[place] == 0xFE;
        OpCode code = (isLong ? Codes.Long[il[place + 1]] : Codes.Short[il[place]])
            ?? throw new SerializationException("A method has an instruction that isn't known.");
        int start = place + (isLong ? 2 : 1);
        ReadOnlySpan<byte> rest = il.AsSpan(start);
        (int operand, int size) = code.OperandType switch
        {
            OperandType.InlineNone => (0, 0),
            OperandType.ShortInlineVar => (rest[0], 1),
            OperandType.ShortInlineI => ((sbyte)rest[0], 1),
            OperandType.ShortInlineBrTarget => (start + 1 + (sbyte)rest[0], 1),
            OperandType.InlineVar => (BinaryPrimitives.ReadUInt16LittleEndian(rest), 2),
            OperandType.InlineBrTarget => (start + 4 + BinaryPrimitives.ReadInt32LittleEndian(rest), 4),
            OperandType.InlineI8 or OperandType.InlineR => (0, 8),
            OperandType.InlineSwitch when BinaryPrimitives.ReadInt32LittleEndian(rest) is var count => (count, 4 + 4 * count),
            _ => (BinaryPrimitives.ReadInt32LittleEndian(rest), 4),
        };
        return new Instruction(code, operand, start + size);
    }

    /// <summary>The place that a <c>switch</c> jumps to for a number.</summary>
    public int Case(byte[] il, int number) =>
        Next + BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(Next - 4 * (Operand - number)));

    /// <summary>How many values it takes from the stack; -1 where that depends on a signature.</summary>
    public int Taken => Code.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Varpop => -1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };

    /// <summary>How many values it puts on the stack; -1 where that depends on a signature.</summary>
    public int Given => Code.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => -1,
        _ => 1,
    };

    /// <summary>All operations, made when the first method is looked into.</summary>
    private static class Codes
    {
        public static readonly OpCode?[] Short = new OpCode?[256], Long = new OpCode?[256];

        static Codes()
        {
            foreach (System.Reflection.FieldInfo field in typeof(OpCodes).GetFields())
            {
                var code = (OpCode)field.GetValue(null)!;
                (code.Size == 1 ? Short : Long)[code.Value & 0xFF] = code;
            }
        }
    }
}
