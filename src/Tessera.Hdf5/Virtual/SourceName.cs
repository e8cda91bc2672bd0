using System.Globalization;
using System.Text;

namespace Tessera.Hdf5Format;

/// <summary>The name of a source file or dataset, in which "%b" stands for the number of a block and "%%" for a percent sign.</summary>
internal static class SourceName
{
    public static bool IsPattern(string name) => With(name, 0) != With(name, 1);

    /// <summary>The name for a block.</summary>
    public static string With(string name, long block)
    {
        if (!name.Contains('%', StringComparison.Ordinal))
            return name;
        var built = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool isPercent = name[i] == '%' && i + 1 < name.Length;
            if (isPercent && name[i + 1] == 'b')
                built.Append(block.ToString(CultureInfo.InvariantCulture));
            else
                built.Append(name[i]);
            if (isPercent && name[i + 1] is 'b' or '%')
                i++;
        }

        return built.ToString();
    }
}
