using System.Numerics;
using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Lowering;

namespace Tessera;

/// <summary>
/// One value that is yet to be computed: what a reduction over a whole array gives. It takes part in the arithmetic of arrays and of other
/// lazy scalars without being computed.
/// </summary>
/// <typeparam name="T">An element type of arrays.</typeparam>
public sealed class LazyScalar<T> : IDelayedArgument
    where T : unmanaged
{
    internal LazyScalar(ArrayExpression expression) => Expression = expression;

    internal ArrayExpression Expression { get; }

    object? IDelayedArgument.Argument => ToDelayed().Argument;

    /// <summary>A plain value.</summary>
    public static implicit operator LazyScalar<T>(T value) => new(Constant.Of(value));

    /// <summary>The value where a delayed one is expected.</summary>
    public static implicit operator Delayed<T>(LazyScalar<T> scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return scalar.ToDelayed();
    }

    /// <summary>Gives the value as a delayed one, to be passed to delayed functions.</summary>
    public Delayed<T> ToDelayed() => new(Results.DelayedScalar<T>(Expression));

    /// <summary>The value as an array of rank 0.</summary>
    public ChunkedArray<T> AsArray() => new(Expression);

    /// <summary>The value as another type, by the rules of <see cref="ChunkedArray{T}.Cast{TResult}"/>.</summary>
    public LazyScalar<TResult> Cast<TResult>()
        where TResult : unmanaged => new(AsArray().Cast<TResult>().Expression);

    /// <summary>The absolute value.</summary>
    public LazyScalar<T> Abs() => new(AsArray().Abs().Expression);

    /// <summary>Sum.</summary>
    public static LazyScalar<T> operator +(LazyScalar<T> left, LazyScalar<T> right) => Apply(KernelOp.Add, left, right);

    /// <summary>Difference.</summary>
    public static LazyScalar<T> operator -(LazyScalar<T> left, LazyScalar<T> right) => Apply(KernelOp.Subtract, left, right);

    /// <summary>Product.</summary>
    public static LazyScalar<T> operator *(LazyScalar<T> left, LazyScalar<T> right) => Apply(KernelOp.Multiply, left, right);

    /// <summary>Quotient; of integers as in C#.</summary>
    public static LazyScalar<T> operator /(LazyScalar<T> left, LazyScalar<T> right) => Apply(KernelOp.Divide, left, right);

    /// <summary>The value with its sign changed.</summary>
    public static LazyScalar<T> operator -(LazyScalar<T> scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return new((-scalar.AsArray()).Expression);
    }

    /// <summary>True where the left is smaller; of NaN never. So for every comparison.</summary>
    public static LazyScalar<bool> operator <(LazyScalar<T> left, LazyScalar<T> right) => Compare(left, right, (a, b) => a < b);

    /// <summary>True where the left is smaller or equal.</summary>
    public static LazyScalar<bool> operator <=(LazyScalar<T> left, LazyScalar<T> right) => Compare(left, right, (a, b) => a <= b);

    /// <summary>True where the left is greater.</summary>
    public static LazyScalar<bool> operator >(LazyScalar<T> left, LazyScalar<T> right) => Compare(left, right, (a, b) => a > b);

    /// <summary>True where the left is greater or equal.</summary>
    public static LazyScalar<bool> operator >=(LazyScalar<T> left, LazyScalar<T> right) => Compare(left, right, (a, b) => a >= b);

    /// <summary>Computes the value.</summary>
    /// <exception cref="ComputationException">A task failed; says which operation, which block, and why.</exception>
    /// <exception cref="MemoryBudgetException">The plan needs more memory than the budget; nothing was computed.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired.</exception>
    public T Compute(ComputeOptions? options = null) => Driver.Here(options, ValueAsync);

    /// <summary>Computes the value on other threads; it occupies none of them while all that is left waits.</summary>
    /// <inheritdoc cref="Compute"/>
    public Task<T> ComputeAsync(ComputeOptions? options = null) => Driver.Elsewhere(options, ValueAsync);

    /// <summary>Gives the plan as text: the expression as written and as optimized, the steps, and the bytes that they read and keep in memory.</summary>
    public string Explain(ComputeOptions? options = null) => AsArray().Explain(options);

    /// <summary>The tasks that computing this takes, to be read. Nothing is computed.</summary>
    public TaskGraph Graph(ComputeOptions? options = null) => AsArray().Graph(options);

    /// <summary>Draws the graph of tasks to a file. Nothing is computed.</summary>
    /// <inheritdoc cref="TaskGraph.Visualize"/>
    public string Visualize(string path, GraphDetail detail = GraphDetail.Auto, GraphColor color = GraphColor.None, ComputeOptions? options = null) =>
        Graph(options).Visualize(path, detail, color);

    /// <summary>The type, and what will be computed: <c>LazyScalar&lt;int&gt;: max over all ← memory int (3,); Compute() gives the value</c>.</summary>
    public override string ToString() => $"LazyScalar<{Expression.ElementType.Name}>: {StepName.Of(Expression)}; {nameof(Compute)}() gives the value";

    private Task<T> ValueAsync(ComputeOptions options, bool here) => Results.ScalarAsync<T>(Expression, options, here);

    private static LazyScalar<T> Apply(KernelOp op, LazyScalar<T> left, LazyScalar<T> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(ChunkedArray<T>.Apply(op, left, right).Expression);
    }

    private static LazyScalar<bool> Compare(LazyScalar<T> left, LazyScalar<T> right, Func<ChunkedArray<T>, ChunkedArray<T>, ChunkedArray<bool>> compared)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(compared(left, right).Expression);
    }
}

/// <summary>Functions of lazy scalars of <see cref="Half"/>, <see cref="float"/> and <see cref="double"/>.</summary>
public static class LazyScalarExtensions
{
    extension<T>(LazyScalar<T> scalar)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The square root; NaN of a negative value.</summary>
        public LazyScalar<T> Sqrt() => new(scalar.AsArray().Sqrt().Expression);
    }
}
