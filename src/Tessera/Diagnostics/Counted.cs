using System.Globalization;

namespace Tessera.Diagnostics;

/// <summary>Writes a number of things: "1 task", "2,560 chunks", "3 dependencies".</summary>
internal static class Counted
{
    public static string Of(long count, string noun)
    {
        string plural = noun.EndsWith('y') ? $"{noun[..^1]}ies" : $"{noun}s";
        return $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? noun : plural)}";
    }
}
