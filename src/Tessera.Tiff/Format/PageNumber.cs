using System.Globalization;

namespace Tessera.TiffFormat;

/// <summary>Which image of a file it is, as messages call it: <c>3</c>, or <c>3, sub-page 1</c>, or <c>0, plane 17</c>.</summary>
/// <param name="Page">Its place in the main chain of directories, from 0.</param>
/// <param name="Sub">Its place among the sub-pages (SubIFDs) of that page; -1 for the page itself.</param>
/// <param name="Plane">Its place among the planes that one directory stands for; 0 for the one that the directory describes.</param>
internal readonly record struct PageNumber(int Page, int Sub = -1, long Plane = 0)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string page = Sub < 0 ? $"{Page}" : $"{Page}, sub-page {Sub}";
        return Plane == 0 ? page : string.Create(CultureInfo.InvariantCulture, $"{page}, plane {Plane}");
    }
}
