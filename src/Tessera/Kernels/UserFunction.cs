namespace Tessera.Kernels;

/// <summary>What a function does: takes its arguments and gives its result, or, where it is asynchronous, a <see cref="Task{T}"/> of it.</summary>
internal delegate object? FunctionBody(ReadOnlySpan<object?> arguments);

/// <summary>A function of the user's, the one kind of kernel that is no data.</summary>
/// <param name="Original">The delegate that the user gave; two functions are the same where theirs are equal.</param>
/// <param name="Name">For messages and pictures.</param>
/// <param name="Body">Calls it.</param>
/// <param name="IsAsync">True where the body gives a <see cref="Task{T}"/> of <see cref="object"/>.</param>
/// <param name="IsPure">True where equal arguments make one call.</param>
internal sealed record UserFunction(Delegate Original, string Name, FunctionBody Body, bool IsAsync = false, bool IsPure = false);
