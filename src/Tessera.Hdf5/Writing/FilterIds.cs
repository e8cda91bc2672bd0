namespace Tessera.Hdf5Format;

/// <summary>The numbers under which the filters that are written are registered.</summary>
internal static class FilterIds
{
    public const int Deflate = 1, Shuffle = 2, Fletcher32 = 3, Lzf = 32000;
}
