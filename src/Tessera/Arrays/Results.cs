using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera;

/// <summary>Computes expressions into what users get: a plain value, a tensor, memory that stays, a sink.</summary>
internal static class Results
{
    public static async Task<T> ScalarAsync<T>(ArrayExpression expression, ComputeOptions options, bool here)
        where T : unmanaged
    {
        T[] value = (T[])Allocate<T>(1);
        await Computation.RunAsync([Into(value, expression)], expression.ElementType.Size, options, here).ConfigureAwait(false);
        return value[0];
    }

    public static async Task<Tensor<T>> TensorAsync<T>(ArrayExpression expression, ComputeOptions options, bool here)
        where T : unmanaged
    {
        T[] elements = RoomForTensor<T>(expression, options);
        await Computation.RunAsync([Into(elements, expression)], elements.LongLength * expression.ElementType.Size, options, here).ConfigureAwait(false);
        return System.Numerics.Tensors.Tensor.Create(elements, Lengths(expression.Shape));
    }

    public static TaskGraph Graph(ArrayExpression expression, ComputeOptions options)
    {
        long bytes = checked(expression.Shape.Length * expression.ElementType.Size);
        return Computation.PlanFor(expression, new MemoryDestination(0, expression.ElementType, expression.Shape), bytes, options).Plan.Graph;
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

    public static async Task<MemorySource> KeptAsync(ArrayExpression expression, ComputeOptions options, bool here)
    {
        using var room = new PersistedRoom(expression, CheckSize(expression, options));
        await Computation.RunAsync([room.Output], room.Bytes, options, here).ConfigureAwait(false);
        return room.Filled();
    }

    /// <summary>Computes arrays into their sinks, in one run. The sinks are completed in their order once all is written, or all are abandoned.</summary>
    public static async Task SaveAsync(IReadOnlyList<ArrayOutput> outputs, ComputeOptions options, bool here)
    {
        using var sinks = new OpenSinks(outputs);
        await Computation.RunAsync(sinks.Begin(), 0, options, here).ConfigureAwait(false);
        sinks.Complete();
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

    private static long CheckSize(ArrayExpression expression, ComputeOptions options)
    {
        long bytes = checked(expression.Shape.Length * expression.ElementType.Size);
        return bytes <= options.BudgetBytes
            ? bytes
            : throw new MemoryBudgetException($"a result of shape {expression.Shape}", bytes, options.BudgetBytes, isResult: true);
    }

    private static T[] RoomForTensor<T>(ArrayExpression expression, ComputeOptions options)
        where T : unmanaged
    {
        Shape shape = expression.Shape;
        CheckSize(expression, options);
        return shape.Length <= Array.MaxLength
            ? (T[])Allocate<T>(shape.Length)
            : throw new NotSupportedException(
                $"The result has the shape {shape}, {shape.Length} elements; a Tensor holds {Array.MaxLength} at most. " +
                "Slice or reduce it, keep it in memory with Persist(), or Save it to a file.");
    }

    /// <param name="elements">Pinned; whoever computes holds on to it.</param>
    /// <param name="expression">What is computed into it.</param>
    private static unsafe PlannedOutput Into<T>(T[] elements, ArrayExpression expression)
        where T : unmanaged =>
        new(expression, new MemoryDestination((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(elements)), expression.ElementType, expression.Shape));

    private static ReadOnlySpan<nint> Lengths(Shape shape)
    {
        // A tensor of rank 0 does not hold an element; one element is a tensor of rank 1.
        if (shape.Rank == 0)
            return new nint[] { 1 };
        return shape.Select(size => (nint)size).ToArray();
    }
}
