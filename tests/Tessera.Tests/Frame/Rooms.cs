namespace Tessera.Tests.Frame;

/// <summary>
/// The rooms of the engine, one top folder of src/Tessera each, in rows: a room may use the rows below its own and, except where two are
/// said to be apart, its neighbours. Files at the root belong to the room Computation.
/// </summary>
internal static class Rooms
{
    public const string Root = "Computation";

    private static readonly string[][] Rows =
    [
        ["Arrays", "Delayed"],
        [Root],
        ["Optimization", "Lowering"],
        ["Expressions", "Scheduling", "Executors"],
        ["Steps", "Graphs", "Recipes"],
        ["Storage", "Kernels", "Pools"],
        ["Memory", "Serialization"],
        ["Diagnostics", "Geometry"],
    ];

    /// <summary>Neighbours of which neither sees the other.</summary>
    private static readonly (string, string)[] Apart = [("Expressions", "Scheduling"), ("Expressions", "Executors"), ("Graphs", "Recipes")];

    /// <summary>The room of a file, by its path from src/Tessera.</summary>
    public static string Of(string path) => path.Contains('/') ? path[..path.IndexOf('/')] : Root;

    public static bool Exists(string room) => Row(room) >= 0;

    /// <summary>Why <paramref name="user"/> may not use <paramref name="used"/>; null where it may.</summary>
    public static string? Objection(string user, string used)
    {
        int upper = Row(user), lower = Row(used);
        if (user == used || upper < lower)
            return null;
        if (upper > lower)
            return $"{user} is in row {upper + 1} and {used} above it, in row {lower + 1}";
        return Apart.Contains((user, used)) || Apart.Contains((used, user)) ? $"{user} and {used} are both in row {upper + 1}, where neither sees the other" : null;
    }

    private static int Row(string room) => Array.FindIndex(Rows, row => row.Contains(room));
}
