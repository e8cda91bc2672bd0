namespace Tessera.Kernels;

/// <summary>
/// A program compiled to a loop of vector instructions. Its results are those of <see cref="PlainKernel"/>, bit for bit, for every
/// vector width; only which of several NaNs comes out isn't fixed.
/// </summary>
internal sealed unsafe class CompiledKernel : Kernel
{
    private readonly KernelLoop _loop;
    private readonly int _turnLength;

    public CompiledKernel(KernelProgram program)
        : this(program, VectorWidth.Widest)
    {
    }

    /// <summary>For vectors of a given width, served by the processor or not.</summary>
    internal CompiledKernel(KernelProgram program, VectorWidth width)
        : base(program)
    {
        var emitter = new LoopEmitter(program, width);
        _turnLength = emitter.TurnLength;
        _loop = emitter.Compile();
    }

    public override void Run(ReadOnlySpan<nint> addresses, long count)
    {
        long turns = count / _turnLength;
        if (turns > 0)
        {
            fixed (nint* first = addresses)
                _loop((long)first, turns);
        }

        int rest = (int)(count - (turns * _turnLength));
        if (rest > 0)
            RunRest(addresses, count - rest, rest);
    }

    /// <summary>
    /// The last elements, fewer than a turn: through copies on the stack, padded with zeros, by the same loop. Accumulators are copies
    /// too, of which only those lanes are taken back that a true element went into.
    /// </summary>
    private void RunRest(ReadOnlySpan<nint> addresses, long start, int rest)
    {
        int slotBytes = _turnLength * sizeof(double);
        Span<byte> copies = stackalloc byte[addresses.Length * slotBytes];
        Span<nint> slots = stackalloc nint[addresses.Length];
        copies.Clear();
        fixed (byte* first = copies)
        fixed (nint* firstSlot = slots)
        {
            for (int slot = 0; slot < slots.Length; slot++)
            {
                slots[slot] = (nint)(first + (slot * slotBytes));
                (nint row, int size, bool isAccumulator) = Rest(addresses, slot, start);
                if (slot < Program.Inputs.Length)
                    Copy(row, slots[slot], Program.Inputs[slot].IsScalar ? size : rest * size);
                else if (isAccumulator)
                    Copy(row, slots[slot], _turnLength * size);
            }

            _loop((long)firstSlot, 1);

            for (int slot = Program.Inputs.Length; slot < slots.Length; slot++)
            {
                (nint row, int size, _) = Rest(addresses, slot, start);
                Copy(slots[slot], row, rest * size);
            }
        }
    }

    /// <summary>Where a slot's last elements are, the size of one, and whether the slot is accumulators.</summary>
    private (nint Row, int Size, bool IsAccumulator) Rest(ReadOnlySpan<nint> addresses, int slot, long start)
    {
        if (slot < Program.Inputs.Length)
        {
            KernelInput input = Program.Inputs[slot];
            return (input.IsScalar ? addresses[slot] : addresses[slot] + (nint)(start * input.Type.Size), input.Type.Size, false);
        }

        KernelOutput output = Program.Outputs[slot - Program.Inputs.Length];
        int size = Program.Nodes[output.Node].Type.Size;
        bool isAccumulator = output.Kind != KernelOutputKind.Store;
        return (isAccumulator ? addresses[slot] : addresses[slot] + (nint)(start * size), size, isAccumulator);
    }

    private static void Copy(nint from, nint to, int bytes) => Buffer.MemoryCopy((void*)from, (void*)to, bytes, bytes);
}
