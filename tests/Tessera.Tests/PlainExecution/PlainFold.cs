using System.Runtime.InteropServices;
using Tessera.Executors;
using Tessera.Kernels;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Tests.PlainExecution;

/// <summary>Lets values enter their states one after another, in C order.</summary>
internal sealed class PlainFold(FoldStep step) : StepWork
{
    private readonly Reduction _reduction = step.Fold.Reduction;
    private readonly bool[] _reduced = step.Fold.Reduced.ToArray();

    public override Task? Execute(int task, TaskContext context)
    {
        (Region domain, long before) = step.Cut.Of(task);
        Region results = step.ResultsIn(task);
        if (step.States is { } states)
        {
            nint address = step.GoesOn(task) ? context.Blocks.Continue(states, task - 1, task) : context.Blocks.Make(states, task);
            Fold(domain, new FoldState(address, _reduction, results.Length), before, context);
            return null;
        }

        byte[] memory = PlainRows.Pinned(new byte[StateLayout.Bytes(_reduction, results.Length)]);
        var state = new FoldState(Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0), _reduction, results.Length);
        Fold(domain, state, before, context);
        step.Destination.Accept(new PlainWriter(task, results, PlainResults.Of(step.Fold, step.Cut, state), context));
        GC.KeepAlive(memory);
        return null;
    }

    private unsafe void Fold(Region domain, FoldState state, long before, TaskContext context)
    {
        if (before == 0)
            state.Clear();
        if (domain.Length == 0)
            return;

        byte[] values = new PlainRows(new PlainElements(context), step.Fold.Inputs, domain).Stored(ValueProgram());
        var kernel = new PlainKernel(FoldProgram());
        int components = _reduction.State.Length, size = _reduction.ValueType.Size;
        var addresses = new nint[1 + (_reduction.CellType is null ? 0 : 1) + (2 * components)];
        var taken = new long[state.Elements]; // values that each state has taken in
        long cell = 0, value = 0;
        foreach (ReadOnlySpan<long> index in domain.Indices())
        {
            long place = 0, among = 0;
            for (int axis = 0; axis < index.Length; axis++)
            {
                if (_reduced[axis])
                    among = (among * step.Fold.Shape[axis]) + index[axis];
                else
                    place = (place * domain.Extent[axis]) + index[axis] - domain.Start[axis];
            }

            cell = _reduction.CellType == ElementType.Double ? BitConverter.DoubleToInt64Bits(1.0 / (before + ++taken[place])) : among;
            addresses[0] = Marshal.UnsafeAddrOfPinnedArrayElement(values, 0) + (nint)(value++ * size);
            if (_reduction.CellType is not null)
                addresses[1] = (nint)(&cell);
            for (int i = 0; i < components; i++)
            {
                nint component = state.Component(i) + (nint)(place * _reduction.State[i].Type.Size);
                addresses[addresses.Length - (2 * components) + i] = addresses[addresses.Length - components + i] = component;
            }

            kernel.Run(addresses, 1);
        }

        GC.KeepAlive(values);
    }

    private KernelProgram ValueProgram()
    {
        var program = new KernelProgramBuilder();
        int value = step.Fold.Inputs.AppendTo(program);
        program.Output(program.Node(KernelOp.Cast, _reduction.ValueType, value), KernelOutputKind.Store);
        return program.Build();
    }

    private KernelProgram FoldProgram()
    {
        var program = new KernelProgramBuilder();
        int value = program.Input(_reduction.ValueType, isScalar: false);
        int cell = _reduction.CellType is { } type ? program.Input(type, isScalar: true) : -1;
        int[] state = [.. _reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
        foreach (int component in _reduction.FoldColumns(program, value, state, cell))
            program.Output(component, KernelOutputKind.Store);
        return program.Build();
    }
}
