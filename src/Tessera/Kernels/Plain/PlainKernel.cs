using System.Buffers;

namespace Tessera.Kernels;

/// <summary>
/// Interprets a program, one node after the other over pieces of a row that stay in the first-level cache. It is the oracle that
/// compiled kernels must equal, and the way for arrays too small to pay for compiling.
/// <code>
/// (x + c) * x over 600 elements: three pieces of 256, 256 and 88; for each
///     node 0 is the input's own memory, node 1 a piece of copies of c, node 2 and node 3 pieces of scratch; then node 3 is copied out
/// </code>
/// Outputs are written when all nodes of a piece are done, so a stored row may lie upon an input row.
/// </summary>
internal sealed unsafe class PlainKernel(KernelProgram program) : Kernel(program)
{
    /// <summary>Elements in a piece; a multiple of <see cref="KernelProgram.Lanes"/>, so that lane i mod Lanes is the same within a piece.</summary>
    private const int PieceLength = 256;

    public override void Run(ReadOnlySpan<nint> addresses, long count)
    {
        int pieceBytes = (int)Math.Min(count, PieceLength) * sizeof(double);
        byte[] rented = ArrayPool<byte>.Shared.Rent(Program.Nodes.Length * pieceBytes);
        Span<nint> values = stackalloc nint[Program.Nodes.Length];
        fixed (byte* scratch = rented)
        {
            for (long start = 0; start < count; start += PieceLength)
            {
                int length = (int)Math.Min(count - start, PieceLength);
                for (int node = 0; node < values.Length; node++)
                {
                    values[node] = (nint)(scratch + ((long)node * pieceBytes));
                    Evaluate(node, values, addresses, start, length);
                }

                for (int output = 0; output < Program.Outputs.Length; output++)
                    Write(Program.Outputs[output], values, addresses[Program.Inputs.Length + output], start, length);
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    private void Evaluate(int number, Span<nint> values, ReadOnlySpan<nint> addresses, long start, int length)
    {
        KernelNode node = Program.Nodes[number];
        if (node.Op == KernelOp.Input)
        {
            bool isScalar = Program.Inputs[node.A].IsScalar;
            nint row = isScalar ? addresses[node.A] : addresses[node.A] + (nint)(start * node.Type.Size);
            if (node.Type == ElementType.Boolean)
                PlainLoops.Normalize((byte*)row, isScalar, (byte*)values[number], length);
            else if (isScalar)
                PlainLoops.Fill(row, values[number], node.Type.Size, length);
            else
                values[number] = row;
            return;
        }

        nint c = node.C < 0 ? 0 : values[node.C];
        var operands = new PlainOperands(values[node.A], node.B < 0 ? 0 : values[node.B], c, values[number], length);
        ElementType operandType = Program.Nodes[node.A].Type;
        if (node.Op == KernelOp.Cast)
            PlainCasts.Run(operandType, node.Type, operands);
        else if (node.Op == KernelOp.Where)
            PlainLoops.Choose(node.Type.Size, operands);
        else
            OperationTable.Of(node.Op).PlainFor(operandType)(operandType, operands);
    }

    private void Write(KernelOutput output, Span<nint> values, nint address, long start, int length)
    {
        ElementType type = Program.Nodes[output.Node].Type;
        if (output.Kind == KernelOutputKind.Store)
        {
            long bytes = (long)length * type.Size;
            Buffer.MemoryCopy((void*)values[output.Node], (byte*)address + (start * type.Size), bytes, bytes);
        }
        else
        {
            Fold(KernelOutput.Operation(output.Kind), type, address, values[output.Node], length);
        }
    }

    /// <summary>Element i goes into accumulator i mod Lanes; the row starts at a multiple of it.</summary>
    private void Fold(KernelOp op, ElementType type, nint accumulators, nint row, int length)
    {
        PlainForm form = OperationTable.Of(op).PlainFor(type);
        for (int start = 0; start < length; start += Program.Lanes)
        {
            nint values = row + (start * type.Size);
            form(type, new PlainOperands(accumulators, values, 0, accumulators, Math.Min(Program.Lanes, length - start)));
        }
    }
}
