using System.Runtime.ExceptionServices;

namespace Tessera.Pools;

/// <summary>Results that a caller consumes while the workers go on, so many ahead of him at most.</summary>
/// <remarks>
/// Example, in order, 4 ahead: inputs 0 to 3 are taken and 2 is done first. It waits in <c>_early</c>. When 0 is done, it is ready; the caller consumes
/// it, and input 4 may be taken. When 1 is done, 1 and 2 are ready.
/// </remarks>
/// <param name="inOrder">False to hand results over as they come.</param>
/// <param name="lookAhead">Inputs that may be taken beyond the results consumed.</param>
/// <param name="hasRoom">Is called when inputs may be taken again after none could be.</param>
/// <param name="turns">Of a test.</param>
internal sealed class StreamResults<TResult>(bool inOrder, int lookAhead, Action hasRoom, Turns? turns) : Results<TResult>
{
    private readonly Lock _gate = new();
    private readonly Queue<TResult> _ready = [];
    private readonly Dictionary<long, TResult> _early = []; // those that wait for the ones before them
    private TaskCompletionSource? _waiting;
    private long _nextReady;
    private long _consumed;
    private bool _isOver;
    private bool _isFull;
    private ExceptionDispatchInfo? _failure;

    public override int Room(long taken)
    {
        turns?.Await(this);
        lock (_gate)
        {
            int room = (int)(lookAhead - (taken - _consumed));
            _isFull = room <= 0;
            return Math.Max(0, room);
        }
    }

    public override void Deliver(long first, ReadOnlySpan<TResult> results)
    {
        turns?.Await(this);
        lock (_gate)
        {
            if (inOrder && first != _nextReady)
            {
                for (int i = 0; i < results.Length; i++)
                    _early.Add(first + i, results[i]);
                return;
            }

            foreach (TResult result in results)
                _ready.Enqueue(result);
            _nextReady += results.Length;
            while (_early.Count > 0 && _early.Remove(_nextReady, out TResult? early))
            {
                _ready.Enqueue(early);
                _nextReady++;
            }

            Announce();
        }
    }

    public override void End(Ending ending)
    {
        turns?.Await(this);
        lock (_gate)
        {
            _isOver = true;
            _failure = Checked(ending, _nextReady) is Ending.Broken { Reason: var reason } ? ExceptionDispatchInfo.Capture(reason) : null;
            _early.Clear(); // they come after a failure
            Announce();
        }
    }

    /// <summary>The next result, if there is one already.</summary>
    /// <param name="result">The result.</param>
    /// <param name="more">Where there is none: what ends when there may be one; null where there will be none.</param>
    /// <exception cref="WorkerException">The one that comes next has failed.</exception>
    public bool TryNext(out TResult result, out Task? more)
    {
        bool wasFull;
        turns?.Await(this);
        lock (_gate)
        {
            more = null;
            if (!_ready.TryDequeue(out result!))
            {
                _failure?.Throw();
                if (!_isOver)
                    more = (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                return false;
            }

            _consumed++;
            wasFull = _isFull;
            _isFull = false;
        }

        if (wasFull)
            hasRoom();
        return true;
    }

    // Under the gate.
    private void Announce()
    {
        _waiting?.SetResult();
        _waiting = null;
    }
}
