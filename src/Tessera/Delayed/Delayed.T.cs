using System.Runtime.CompilerServices;
using Tessera.Diagnostics;
using Tessera.Lowering;

namespace Tessera;

/// <summary>
/// A value yet to be computed: the result of a delayed call. It is passed to other delayed functions as if it were there already;
/// <c>Compute</c>, <c>ComputeAsync</c> or <c>await</c> give it.
/// </summary>
/// <typeparam name="T">Of the value.</typeparam>
public sealed partial class Delayed<T> : Delayed
{
    internal Delayed(object? argument)
        : base(argument)
    {
    }

    /// <summary>A plain value where a delayed one is expected.</summary>
    public static implicit operator Delayed<T>(T value) => new(ArgumentFor(value, typeof(T)));

    /// <summary>Computes the value, on all cores unless the options say otherwise.</summary>
    /// <inheritdoc cref="Delayed.Compute(ComputeOptions?)"/>
    public new T Compute(ComputeOptions? options = null) => (T)Values([this], options)[0]!;

    /// <summary>Computes the value on other threads.</summary>
    /// <inheritdoc cref="Delayed.ComputeAsync(ComputeOptions?)"/>
    public new async Task<T> ComputeAsync(ComputeOptions? options = null) => (T)(await ValuesAsync([this], options).ConfigureAwait(false))[0]!;

    /// <summary>Lets <c>await</c> compute the value.</summary>
    public new TaskAwaiter<T> GetAwaiter() => ComputeAsync().GetAwaiter();

    /// <summary>Computes the value once and keeps it: what is built on the result doesn't compute it again.</summary>
    /// <inheritdoc cref="Delayed.Compute(ComputeOptions?)"/>
    public Delayed<T> Persist(ComputeOptions? options = null) => Kept(Compute(options));

    /// <summary><see cref="Persist"/> on other threads.</summary>
    /// <inheritdoc cref="Delayed.Compute(ComputeOptions?)"/>
    public async Task<Delayed<T>> PersistAsync(ComputeOptions? options = null) => Kept(await ComputeAsync(options).ConfigureAwait(false));

    /// <summary>The type, the call, and how to have the value.</summary>
    public override string ToString() => $"Delayed<{TypeName.Of(typeof(T))}>: {CallName.Of(Expression)}; {nameof(Compute)}() gives the value";

    private Delayed<T> Kept(T value) => Value(value, $"persisted {CallName.Of(Expression)}");
}
