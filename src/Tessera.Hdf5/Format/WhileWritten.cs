namespace Tessera.Hdf5Format;

/// <summary>
/// Reading what another program is writing: a piece may be caught between two of its states, which its checksum shows, and is whole a moment later.
/// </summary>
internal static class WhileWritten
{
    private const int MostTries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads; of a file that grows, again and again until it can be read.</summary>
    public static T Read<T>(ReadOnlyFile file, Func<T> read)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return read();
            }
            catch (InvalidDataException) when (file.IsGrowing && tries < MostTries)
            {
                Thread.Sleep(Pause);
                file.MeasureAgain();
            }
        }
    }
}
