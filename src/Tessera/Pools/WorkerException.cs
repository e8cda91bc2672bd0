using Tessera.Diagnostics;

namespace Tessera;

/// <summary>
/// A function failed in a worker of a <see cref="WorkerPool"/>. The <see cref="Exception.InnerException"/> says why: what the function threw, with its
/// stack in the worker; a <see cref="TimeoutException"/>; a <see cref="WorkerDiedException"/>. The pool stays usable.
/// </summary>
public sealed class WorkerException : Exception
{
    internal WorkerException(string message, long? index, Exception cause)
        : base(message, cause) => Index = index;

    /// <summary>Which input it failed for, counted from 0: the first one of those that failed. Null for a function without inputs.</summary>
    public long? Index { get; }

    internal static WorkerException Of(string function, long? index, Exception cause) => new(
        $"{function} failed{(index is null ? "" : FormattableString.Invariant($" for input {index}"))}: {Sentence.Of(cause)}", index, cause);
}
