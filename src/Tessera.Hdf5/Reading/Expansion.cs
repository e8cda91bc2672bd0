namespace Tessera.Hdf5Format;

/// <summary>
/// How many bytes of a chunk a stored byte can become: a few bytes in a damaged file that claim to be a chunk of gigabytes are refused before
/// memory is taken for it. Null where there is no bound, as with filters that store a chunk of equal elements as one.
/// </summary>
internal static class Expansion
{
    private const double OfDeflate = 1040; // a symbol of 2 bits at the least stands for at most 258 bytes: 1032, and some room
    private const double OfLzf = 100; // 3 bytes stand for at most 264: 88, and some room

    public static double? Most(IReadOnlyList<FilterSpec> filters)
    {
        double most = 1;
        foreach (FilterSpec filter in filters)
        {
            switch (filter.Id)
            {
                case KnownFilters.Deflate:
                    most *= OfDeflate;
                    break;
                case KnownFilters.Lzf:
                    most *= OfLzf;
                    break;
                case KnownFilters.Shuffle or KnownFilters.Fletcher32:
                    break;
                default:
                    return null;
            }
        }

        return most;
    }
}
