namespace Tessera.Hdf5Format;

/// <summary>
/// The time in which one save of this process has a file to itself, from its copy to its commit. Others to the same file wait, so that each begins
/// with what those before it have added. Other programs, and files that are open to be changed, have no turns: for them the commit looks.
/// </summary>
/// <remarks>
/// State, by example: three threads save to cells.h5.
/// <code>
/// a takes it        Lines: cells.h5 (1 saver)
/// b and c wait      Lines: cells.h5 (3 savers)
/// a is over         Lines: cells.h5 (2 savers, 1 turn over); b has it
/// all are over      Lines: none
/// </code>
/// A save that is begun by a function of the array that another save computes can't wait for that one. Where it is called by the saving thread itself,
/// which the flow shows, it is refused at once. On another thread a task doesn't say for which save it works: there it is refused when no turn ended for half
/// a minute, and anywhere else after ten.
/// </remarks>
internal sealed class SaveTurn : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long others wait: a function may have started them, and wait for them, in ways that nothing shows.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(10);

    private static readonly AsyncLocal<SaveTurn?> Innermost = new();
    private static readonly AsyncLocal<bool> StartedWithin = new();
    private static readonly Dictionary<string, Line> Lines =
        new(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly string _file;
    private readonly Line _line;
    private readonly SaveTurn? _around;
    private volatile bool _isOver;

    private SaveTurn(string file, Line line, SaveTurn? around) => (_file, _line, _around) = (file, line, around);

    /// <summary>Waits until the file is free, and has it until the turn is disposed of.</summary>
    /// <param name="path">The file, which needn't be there.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="patience">How long it waits while no turn ends; as is usual when left out.</param>
    /// <exception cref="IOException">It is saved to by the save around this one.</exception>
    public static SaveTurn Take(string path, CancellationToken cancellation, TimeSpan? patience = null)
    {
        string file = Path.GetFullPath(FileVersion.TargetOf(path));
        SaveTurn? around = Around();
        for (SaveTurn? turn = around; turn is not null; turn = turn._around)
        {
            if (!turn._isOver && Lines.Comparer.Equals(turn._file, file))
                throw Within(path);
        }

        Line line = Join(file);
        try
        {
            if (!line.Wait(patience ?? (around is not null || IsWithinComputation ? Patience : LongPatience), cancellation))
                throw Within(path);
            return Innermost.Value = new SaveTurn(file, line, around);
        }
        catch
        {
            Leave(file, line);
            throw;
        }
    }

    /// <summary>Saves on another thread, which knows whether a function of a computation started it.</summary>
    public static Task Start(Action save, CancellationToken cancellation)
    {
        bool isWithin = IsWithinComputation;
        return Task.Factory.StartNew(
            () =>
            {
                StartedWithin.Value = isWithin;
                save();
            },
            cancellation,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, // it may wait long, and not on a thread of the pool
            TaskScheduler.Default);
    }

    /// <summary>The next one's turn.</summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true; // threads that were started meanwhile keep it in their flow
        Innermost.Value = _around;
        _line.Next();
        Leave(_file, _line);
    }

    /// <summary>True within a task of a computation, and in saves that were started there.</summary>
    public static bool IsWithinComputation => StartedWithin.Value || Schedulers.IsWithinTask;

    private static SaveTurn? Around()
    {
        SaveTurn? turn = Innermost.Value;
        while (turn is { _isOver: true })
            turn = turn._around;
        return turn;
    }

    private static Line Join(string file)
    {
        lock (Lines)
        {
            if (!Lines.TryGetValue(file, out Line? line))
                Lines[file] = line = new Line();
            line.Savers++;
            return line;
        }
    }

    private static void Leave(string file, Line line)
    {
        lock (Lines)
        {
            if (--line.Savers > 0)
                return;
            Lines.Remove(file);
            line.Dispose();
        }
    }

    private static IOException Within(string path) =>
        new($"'{path}' was to be saved to by a function of a computation, while another save to this file goes on, which may be the one that waits for the function. Save outside of it, one after the other.");

    /// <summary>Those who save to one file, or wait for it.</summary>
    private sealed class Line : IDisposable
    {
        private readonly SemaphoreSlim _free = new(1);
        private int _turns;

        /// <summary>How many there are; kept by the lock of all lines.</summary>
        public int Savers { get; set; }

        /// <summary>Waits for a turn; false where none ended for so long.</summary>
        public bool Wait(TimeSpan patience, CancellationToken cancellation)
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref _turns);
                if (_free.Wait(patience, cancellation))
                    return true;
            }
            while (seen != Volatile.Read(ref _turns));
            return false;
        }

        public void Next()
        {
            Interlocked.Increment(ref _turns);
            _free.Release();
        }

        public void Dispose() => _free.Dispose();
    }
}
