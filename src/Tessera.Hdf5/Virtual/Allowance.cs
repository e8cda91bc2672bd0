namespace Tessera.Hdf5Format;

/// <summary>
/// How many elements one reading may take from sources altogether. A few of them lie under each other in sound files; a small damaged one could have
/// thousands on each of many levels, and would be read for years.
/// </summary>
internal sealed class Allowance(long wanted)
{
    private const long Times = 256, AndMore = 1 << 22;

    private Int128 _left = (Int128)wanted * Times + AndMore;

    /// <exception cref="InvalidDataException">There is no end to it.</exception>
    public void Take(long elements)
    {
        if ((_left -= elements) < 0)
            throw new InvalidDataException($"The parts of a virtual dataset lie over each other so often that more than {Times} elements are read for each.");
    }
}
