namespace Tessera.Pools;

/// <summary>The first and the last lines that a process wrote to its error stream: where it crashes, the first say why and the last say where.</summary>
internal sealed class ErrorLines
{
    private const int First = 5;
    private const int Last = 15;
    private const int Longest = 4000; // of a line, which a program may never end

    private readonly Lock _gate = new();
    private readonly List<string> _first = [];
    private readonly Queue<string> _last = [];
    private int _leftOut;

    public void Add(string line)
    {
        if (line.Length > Longest)
            line = line[..Longest] + "…";
        lock (_gate)
        {
            if (_first.Count < First)
            {
                _first.Add(line);
                return;
            }

            _last.Enqueue(line);
            if (_last.Count > Last)
            {
                _last.Dequeue();
                _leftOut++;
            }
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_gate)
            return _leftOut == 0 ? [.. _first, .. _last] : [.. _first, FormattableString.Invariant($"… {_leftOut} lines …"), .. _last];
    }
}
