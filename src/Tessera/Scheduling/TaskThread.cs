namespace Tessera.Scheduling;

/// <summary>Knows whether a thread is doing tasks. Told once for all that a thread does in a row, because a task may take less than being told of it.</summary>
/// <example>
/// A caller takes part in its run (Begin gives false), one of its functions computes something else on the same thread (Begin gives true, End(true)), and the
/// run is over: End(false).
/// </example>
internal static class TaskThread
{
    [ThreadStatic]
    private static bool _isWithin;

    public static bool IsWithin => _isWithin;

    /// <summary>This thread does tasks from now on. Gives what <see cref="End"/> is to be told.</summary>
    public static bool Begin()
    {
        bool before = _isWithin;
        _isWithin = true;
        return before;
    }

    public static void End(bool before) => _isWithin = before;
}
