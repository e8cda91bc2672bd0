namespace Tessera.TiffFormat;

/// <summary>The one series of a MetaMorph stack (STK): one directory that stands for all planes.</summary>
internal static class MetaMorphSeries
{
    /// <summary>The series, or null if the file isn't such a stack.</summary>
    public static IReadOnlyList<SeriesPlan>? Of(DirectoryChain chain, bool allowIncomplete)
    {
        PageDirectory first = chain.Pages[0];
        if (chain.Pages.Count > 1 || first.Claim is null || SeriesListing.Told(first, tags => tags.Find(TiffTag.MetaMorphPlanes)) is null)
            return null;

        SeriesPlan plain = PlainSeries.Plan(chain.Pages, allowIncomplete);
        char axis = SeriesListing.Told(first, tags => (char?)MetaMorphPlanes.Axis(tags)) ?? 'I';
        long planes = plain.Axes[0] == 'I' ? plain.Shape[0] : first.Claim.Planes;
        return [SeriesPlan.Of("", [(axis, planes)], first, plain.Frames)];
    }
}
