namespace Tessera.Hdf5Format;

/// <summary>Says once a process that changes of a file are gone because nobody committed them.</summary>
internal sealed class UncommittedWarning(Action<string> write)
{
    private int _said;

    public static UncommittedWarning Standard { get; } = new(static text => Console.Error.WriteLine(text)); // opened when there is something to say

    /// <param name="path">The file.</param>
    /// <param name="how">What became of it: "disposed of", "forgotten".</param>
    public void Say(string path, string how)
    {
        if (Interlocked.Exchange(ref _said, 1) != 0)
            return;
        try
        {
            write($"Tessera: '{path}' was changed and then {how} without Commit(), so that the changes are gone. Call Commit() before the file is disposed of. This is said once.");
        }
        catch (Exception unheard) when (unheard is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The stream is closed, or its disk full. Thrown from a finalizer, this would end the process.
        }
    }
}
