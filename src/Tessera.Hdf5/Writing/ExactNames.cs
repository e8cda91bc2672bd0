using System.Text;

namespace Tessera.Hdf5Format;

/// <summary>
/// Finds what users call by texts in a file that is written: a name that is there as UTF-8, else one that is there as Latin-1. What isn't there as yet gets
/// UTF-8. All is called while the library is entered.
/// </summary>
internal static class ExactNames
{
    /// <summary>The exact spelling of a path.</summary>
    public static string OfItem(long file, string item)
    {
        if (Ascii.IsValid(item))
            return item;
        string path = "";
        string[] names = item.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            if (Hdf5Calls.H5Lexists(file, $"{path}/{name}", 0) <= 0)
            {
                if (!FileName.TryLatin1(name, out FileName other) || Hdf5Calls.H5Lexists(file, $"{path}/{other.Exact}", 0) <= 0)
                    return $"{path}/{string.Join('/', names[i..])}"; // nothing there, or below it
                name = other.Exact;
            }

            path = $"{path}/{name}";
        }

        return path;
    }

    /// <summary>The exact spelling of an attribute's name.</summary>
    public static string OfAttribute(long item, string name) =>
        Hdf5Calls.H5Aexists(item, name) <= 0 && FileName.TryLatin1(name, out FileName other) && Hdf5Calls.H5Aexists(item, other.Exact) > 0 ? other.Exact : name;
}
