using Tessera.Diagnostics;

namespace Tessera.Kernels;

/// <summary>What a function does: takes its arguments and gives its result, or, where it is asynchronous, a <see cref="Task{T}"/> of it.</summary>
internal delegate object? FunctionBody(ReadOnlySpan<object?> arguments);

/// <summary>A function of the user's, the one kind of kernel that is no data.</summary>
/// <param name="original">The delegate that the user gave; two functions are the same where theirs are equal.</param>
/// <param name="name">For messages and pictures.</param>
/// <param name="body">Calls it.</param>
/// <param name="isAsync">True where the body gives a <see cref="Task{T}"/> of <see cref="object"/>.</param>
/// <param name="isPure">True where equal arguments make one call.</param>
internal sealed class UserFunction(Delegate original, string name, FunctionBody body, bool isAsync = false, bool isPure = false)
{
    [NonSerialized] // who called it is no part of it
    private CallLine? _calledLast;

    public Delegate Original => original;

    public string Name => name;

    public FunctionBody Body => body;

    public bool IsAsync => isAsync;

    public bool IsPure => isPure;

    /// <summary>False for what the engine adds to the user's calls, which is best done where the values are.</summary>
    public bool IsOfUser { get; init; } = true;

    /// <summary>A line that calls the function. A million calls from one line share one object.</summary>
    public CallLine CalledAt(string file, int line) => _calledLast is { Site: var last } called && last.Line == line && ReferenceEquals(last.File, file)
        ? called
        : _calledLast = CalledAt(new SourceLine(file, line));

    public CallLine CalledAt(SourceLine site) => new(this, site);
}
