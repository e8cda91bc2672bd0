using System.Globalization;

namespace Tessera.Pools;

/// <summary>The cultures of a thread. A job's functions see those of who began it, whichever thread or process calls them.</summary>
internal readonly record struct Cultures(CultureInfo Culture, CultureInfo UICulture)
{
    /// <summary>Those of this thread.</summary>
    public static Cultures Current => new(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    /// <summary>Makes them those of this thread, and of the asynchronous calls that begin on it.</summary>
    public void Set()
    {
        // Compared first: setting one costs a hundred times as much.
        if (!ReferenceEquals(CultureInfo.CurrentCulture, Culture))
            CultureInfo.CurrentCulture = Culture;
        if (!ReferenceEquals(CultureInfo.CurrentUICulture, UICulture))
            CultureInfo.CurrentUICulture = UICulture;
    }
}
