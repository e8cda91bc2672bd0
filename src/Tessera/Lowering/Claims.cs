using System.Collections.Concurrent;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Who computes which value, where a run begins others for values that become known while it is on: a value that two of them need is computed
/// by the one that comes first, and the other waits for it without holding a worker.
/// </summary>
internal sealed class Claims
{
    private readonly ConcurrentDictionary<ValueExpression, TaskCompletionSource<object?>> _claimed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The promise to fulfil, or, where somebody else has made it, what that will give.</summary>
    public Task<object?>? Claim(ValueExpression value, out TaskCompletionSource<object?> mine)
    {
        mine = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<object?> first = _claimed.GetOrAdd(value, mine);
        return first == mine ? null : first.Task;
    }
}
