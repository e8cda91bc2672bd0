using System.Numerics.Tensors;

namespace Tessera;

public partial class ChunkedArray<T>
{
    /// <summary>
    /// Computes the elements into one tensor, dense in C order. Tensors have no rank 0: a single element comes as a tensor of shape [1];
    /// <see cref="AsScalar"/> gives it as a plain value.
    /// </summary>
    /// <exception cref="ComputationException">A task failed; says which operation, which block, and why.</exception>
    /// <exception cref="MemoryBudgetException">The plan, or the result, needs more memory than the budget; nothing was computed.</exception>
    /// <exception cref="NotSupportedException">The result has more elements than a tensor holds, some 2^31.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired.</exception>
    public Tensor<T> Compute(ComputeOptions? options = null) => Driver.Here(options, TensorAsync);

    /// <summary>Computes the elements on other threads; it occupies none of them while all that is left waits.</summary>
    /// <inheritdoc cref="Compute"/>
    public Task<Tensor<T>> ComputeAsync(ComputeOptions? options = null) => Driver.Elsewhere(options, TensorAsync);

    /// <summary>
    /// Computes the elements once and keeps them in memory outside the garbage-collected heap, for arrays of any size that fits. The memory is given
    /// back when the array that this returns is disposed of, or when neither it nor an array built on it is used any more.
    /// </summary>
    /// <inheritdoc cref="Compute"/>
    public PersistedArray<T> Persist(ComputeOptions? options = null) => Driver.Here(options, PersistedAsync);

    /// <summary><see cref="Persist"/> on other threads.</summary>
    /// <inheritdoc cref="Compute"/>
    public Task<PersistedArray<T>> PersistAsync(ComputeOptions? options = null) => Driver.Elsewhere(options, PersistedAsync);

    /// <summary>
    /// Computes the elements block by block into a sink such as a file, several blocks at once. When it fails or is cancelled, the sink removes
    /// what was written.
    /// </summary>
    /// <inheritdoc cref="Compute"/>
    public void Save(IBlockSink sink, ComputeOptions? options = null) => ChunkedArray.SaveAll([ArrayOutput.Of(this, sink)], options);

    /// <summary><see cref="Save"/> on other threads.</summary>
    /// <inheritdoc cref="Compute"/>
    public Task SaveAsync(IBlockSink sink, ComputeOptions? options = null) => ChunkedArray.SaveAllAsync([ArrayOutput.Of(this, sink)], options);

    private Task<Tensor<T>> TensorAsync(ComputeOptions options, bool here) => Results.TensorAsync<T>(Expression, options, here);

    private async Task<PersistedArray<T>> PersistedAsync(ComputeOptions options, bool here) =>
        new(await Results.KeptAsync(Expression, options, here).ConfigureAwait(false), Chunks);
}
