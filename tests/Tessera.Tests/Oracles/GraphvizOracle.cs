using System.Text;
using Tessera.Graphs;

namespace Tessera.Tests.Oracles;

/// <summary>
/// Has Graphviz read a graph. Where its <c>dot</c> isn't installed the tests that need it are skipped, or fail if TESSERA_REQUIRE_ALL is 1.
/// </summary>
internal static class GraphvizOracle
{
    public static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>What Graphviz writes about a text in the language of dot, in one of its text formats.</summary>
    public static string Run(string dot, string format)
    {
        Require();
        using var output = new MemoryStream();
        new Graphviz(SearchPath).Draw(dot, format, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Skips or fails the test where there is no <c>dot</c>.</summary>
    public static void Require()
    {
        if (new Graphviz(SearchPath).Find() is not null)
            return;
        const string Missing = "Not found: dot of Graphviz.";
        if (Environment.GetEnvironmentVariable("TESSERA_REQUIRE_ALL") == "1")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
    }
}
