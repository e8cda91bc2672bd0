using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Tessera.Serialization;

/// <summary>
/// Lets work nest deeper than a thread's stack allows. Only what must be made whole at once nests: functions over functions, and objects
/// that others travel for.
/// </summary>
internal static class DeepStack
{
    private const int Bytes = 64 << 20;

    /// <summary>Runs an action here while there is room, and on a thread with room of its own after that.</summary>
    public static void Run(Action action)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            action();
            return;
        }
        ExceptionDispatchInfo? failure = null;
        var deeper = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception error)
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            },
            Bytes);
        deeper.Start();
        deeper.Join();
        failure?.Throw();
    }
}
