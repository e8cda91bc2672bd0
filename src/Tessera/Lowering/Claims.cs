using System.Collections.Concurrent;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Who computes which value, where a run begins others for values that become known while it is on: a value that two of them need is computed
/// by the one that comes first, and the other waits for it without holding a worker.
/// </summary>
internal sealed class Claims
{
    private readonly ConcurrentDictionary<ValueExpression, TaskCompletionSource<object?>> _claimed;
    private readonly Claims? _outer;
    private readonly Bind? _for; // what the outer run waits for

    public Claims() => _claimed = new(ReferenceEqualityComparer.Instance);

    private Claims(Claims outer, Bind waiting) => (_claimed, _outer, _for) = (outer._claimed, outer, waiting);

    /// <summary>The claims of a run within, which computes what a value turned out to be.</summary>
    public Claims Within(Bind waiting) => new(this, waiting);

    /// <summary>Refuses a value that a run around this one waits for: it would wait for itself.</summary>
    /// <exception cref="InvalidOperationException">The value turned out to need itself.</exception>
    public void Check(Bind value)
    {
        for (Claims? claims = this; claims is not null; claims = claims._outer)
        {
            if (claims._for == value)
                throw new InvalidOperationException($"'{value.Name}' gave a delayed value that needs the value of '{value.Name}' itself. Give one that doesn't.");
        }
    }

    /// <summary>The promise to fulfil, or, where somebody else has made it, what that will give.</summary>
    public Task<object?>? Claim(ValueExpression value, out TaskCompletionSource<object?> mine)
    {
        mine = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<object?> first = _claimed.GetOrAdd(value, mine);
        return first == mine ? null : first.Task;
    }
}
