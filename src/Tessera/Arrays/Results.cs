using System.Buffers;
using System.Numerics.Tensors;
using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Memory;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera;

/// <summary>Computes expressions into what users get: a plain value, a tensor, memory that stays, a sink.</summary>
internal static class Results
{
    public static unsafe T Scalar<T>(ArrayExpression expression, ComputeOptions options)
        where T : unmanaged
    {
        T value = default;
        Computation.Run(expression, new MemoryDestination((nint)(&value), expression.ElementType, expression.Shape), sizeof(T), options);
        return value;
    }

    public static unsafe Tensor<T> Tensor<T>(ArrayExpression expression, ComputeOptions options)
        where T : unmanaged
    {
        Shape shape = expression.Shape;
        long bytes = CheckSize(shape, expression.ElementType, options);
        if (shape.Length > Array.MaxLength)
        {
            throw new NotSupportedException(
                $"The result has the shape {shape}, {shape.Length} elements; a Tensor holds {Array.MaxLength} at most. " +
                "Slice or reduce it, keep it in memory with Persist(), or Save it to a file.");
        }

        T[] elements = GC.AllocateUninitializedArray<T>((int)shape.Length, pinned: true);
        fixed (T* address = elements)
            Computation.Run(expression, new MemoryDestination((nint)address, expression.ElementType, shape), bytes, options);
        return System.Numerics.Tensors.Tensor.Create(elements, Lengths(shape));
    }

    public static TaskGraph Graph(ArrayExpression expression, ComputeOptions options)
    {
        long bytes = checked(expression.Shape.Length * expression.ElementType.Size);
        return Computation.PlanFor(expression, new MemoryDestination(0, expression.ElementType, expression.Shape), bytes, options).Graph;
    }

    /// <summary>The tensor, for a computation of delayed values.</summary>
    public static ArrayValue Delayed<T>(ArrayExpression expression)
        where T : unmanaged
    {
        Shape shape = expression.Shape; // captured as it is, since it may travel to another process and native integers don't
        return new ArrayValue(expression, Allocate<T>, elements => System.Numerics.Tensors.Tensor.Create((T[])elements, Lengths(shape)));
    }

    /// <summary>The plain value, for a computation of delayed values.</summary>
    public static ArrayValue DelayedScalar<T>(ArrayExpression expression)
        where T : unmanaged => new(expression, Allocate<T>, elements => ((T[])elements)[0]);

    private static Array Allocate<T>(long length) => length <= Array.MaxLength
        ? GC.AllocateUninitializedArray<T>((int)length, pinned: true)
        : throw new NotSupportedException(
            $"An array of {length} elements was asked for as one delayed tensor, which holds {Array.MaxLength} at most. Slice it, or take its chunks by ToDelayed().");

    public static MemorySource Kept(ArrayExpression expression, ComputeOptions options)
    {
        Shape shape = expression.Shape;
        long bytes = CheckSize(shape, expression.ElementType, options);
        Block block = BlockPool.Shared.Rent(bytes);
        block.Keep();
        try
        {
            Computation.Run(expression, new MemoryDestination(block.Address, expression.ElementType, shape), bytes, options);
        }
        catch
        {
            block.Dispose();
            throw;
        }

        return new MemorySource($"persisted {expression.ElementType.Name} {shape}", expression.ElementType, shape, block.Address, new KeptMemory(block));
    }

    /// <summary>Computes arrays into their sinks, in one run. The sinks are completed in their order once all is written, or all are abandoned.</summary>
    public static void Save(IReadOnlyList<ArrayOutput> outputs, ComputeOptions options)
    {
        int begun = 0, completed = 0;
        try
        {
            for (; begun < outputs.Count; begun++)
                outputs[begun].Sink.Begin(outputs[begun].Array.ElementType, outputs[begun].Array.Shape);
            foreach (ArrayOutput output in outputs)
                CheckChunks(output.Array, output.Sink);
            Computation.Run([.. outputs.Select(output => new PlannedOutput(output.Array, new SinkDestination(output.Sink, output.Array.ElementType)))], 0, options);
            for (; completed < outputs.Count; completed++)
                outputs[completed].Sink.Complete();
        }
        catch
        {
            for (int i = completed; i < begun; i++)
                Abandon(outputs[i].Sink);
            throw;
        }
    }

    private static void Abandon(IBlockSink sink)
    {
        try
        {
            sink.Abandon();
        }
        catch (Exception)
        {
            // Told is why the sinks are abandoned; and the others are to be abandoned, too.
        }
    }

    public static void CheckChunks(ArrayExpression expression, IBlockSink sink)
    {
        if (sink.StorageChunks.Rank != expression.Shape.Rank)
        {
            throw new ArgumentException(
                $"{sink.Name} was given an array of shape {expression.Shape} and has storage chunks {sink.StorageChunks}; both must have the same rank.", nameof(sink));
        }

        // A chunk goes to the sink as one span.
        Shape whole = [.. sink.StorageChunks.Zip(expression.Shape, Math.Min)];
        if (whole.Length > int.MaxValue / expression.ElementType.Size)
        {
            throw new NotSupportedException(
                $"{sink.Name} has storage chunks {sink.StorageChunks} of {expression.ElementType.Name}; a chunk is at most 2 GB. Save with smaller chunks.");
        }
    }

    private static long CheckSize(Shape shape, ElementType type, ComputeOptions options)
    {
        long bytes = checked(shape.Length * type.Size);
        return bytes <= options.BudgetBytes
            ? bytes
            : throw new MemoryBudgetException($"a result of shape {shape}", bytes, options.BudgetBytes, isResult: true);
    }

    private static ReadOnlySpan<nint> Lengths(Shape shape)
    {
        // A tensor of rank 0 does not hold an element; one element is a tensor of rank 1.
        if (shape.Rank == 0)
            return new nint[] { 1 };
        return shape.Select(size => (nint)size).ToArray();
    }
}
