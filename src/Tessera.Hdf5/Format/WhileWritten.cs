namespace Tessera.Hdf5Format;

/// <summary>
/// Reading what another program is writing: a piece may be caught between two of its states, which its checksum shows, and is whole a moment later.
/// </summary>
internal static class WhileWritten
{
    private const int MostTries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    [ThreadStatic]
    private static bool _isTrying; // what is read on the way is tried again with the whole, not a hundred times each time

    /// <summary>Reads; of a file that grows, again and again until it can be read.</summary>
    public static T Read<T>(ReadOnlyFile file, Func<T> read)
    {
        if (!file.IsGrowing || _isTrying)
            return read();
        _isTrying = true;
        try
        {
            return ReadAgain(file, read);
        }
        finally
        {
            _isTrying = false;
        }
    }

    private static T ReadAgain<T>(ReadOnlyFile file, Func<T> read)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return read();
            }
            catch (InvalidDataException) when (MayBecomeWhole(file, tries))
            {
                file.MeasureAgain();
            }
        }
    }

    /// <summary>Waits for a moment and says whether to try again: of a file that grows, until it was tried often.</summary>
    public static bool MayBecomeWhole(ReadOnlyFile file, int tries)
    {
        if (!file.IsGrowing || tries >= MostTries)
            return false;
        Thread.Sleep(Pause);
        return true;
    }
}
