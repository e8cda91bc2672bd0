namespace Tessera.Tests.Frame;

public class LayeringTests
{
    [Fact]
    public void No_room_uses_one_above_it()
    {
        var layering = new Layering(Repository.Sources("src/Tessera"));
        string[] errors = [.. layering.Errors().Take(20)];
        Assert.True(errors.Length == 0, $"The sources are not understood:\n{string.Join('\n', errors)}");
        IReadOnlyList<string> violations = layering.Violations();
        Assert.True(violations.Count == 0, $"{violations.Count} uses against the table of rooms:\n{string.Join('\n', violations)}");
    }

    [Theory]
    [InlineData("static class User { static int M() => Upper.Value; }")]
    [InlineData("static class User { static object M(Upper.Part part) => part; }")]
    [InlineData("static class User { static object M(System.Collections.Generic.List<Upper.Part> parts) => parts[0]; }")]
    [InlineData("static class User { static bool M() => 5.IsUpper; }")]
    [InlineData("static class User { static bool M() => 5.IsHigh(); }")]
    [InlineData("[Upper.Mark] static class User;")]
    [InlineData("sealed class User() : Upper.Part(1);")]
    public void A_planted_use_of_a_room_above_is_found(string user)
    {
        string violation = Assert.Single(Violations("Kernels/User.cs", "\n" + user));
        Assert.StartsWith("Kernels/User.cs:2: uses ", violation);
        Assert.EndsWith("but Kernels is in row 6 and Lowering above it, in row 3", violation);
    }

    [Theory]
    [InlineData("Lowering/User.cs")]
    [InlineData("Optimization/User.cs")]
    [InlineData("User.cs")]
    [InlineData("Arrays/User.cs")]
    public void A_use_from_the_same_row_or_above_is_free(string path) =>
        Assert.Empty(Violations(path, "static class User { static int M() => Upper.Value; }"));

    [Theory]
    [InlineData("Expressions/User.cs", "Scheduling/Used.cs")]
    [InlineData("Scheduling/User.cs", "Expressions/Used.cs")]
    [InlineData("Expressions/User.cs", "Executors/Used.cs")]
    [InlineData("Executors/User.cs", "Expressions/Used.cs")]
    [InlineData("Graphs/User.cs", "Recipes/Used.cs")]
    [InlineData("Recipes/User.cs", "Graphs/Used.cs")]
    public void Neighbours_that_are_apart_do_not_see_each_other(string user, string used)
    {
        var layering = new Layering(
        [
            (user, "static class User { static int M() => Used.Value; }"),
            (used, "static class Used { public static int Value => 1; }"),
        ]);
        Assert.All(layering.Violations(), violation => Assert.EndsWith("where neither sees the other", violation));
        Assert.NotEmpty(layering.Violations());
    }

    [Fact]
    public void A_file_in_no_room_is_found() =>
        Assert.Contains("Misc is no room", Assert.Single(Violations("Misc/User.cs", "static class User;")));

    private static IEnumerable<string> Violations(string path, string text)
    {
        var layering = new Layering(
        [
            (path, text),
            ("Lowering/Upper.cs",
             """
             static class Upper
             {
                 public static int Value => 1;
                 public class Part(int size) { public int Size => size; }
                 public class MarkAttribute : System.Attribute;
                 public static bool IsHigh(this int value) => value > 1;
                 extension(int value) { public bool IsUpper => value > 0; }
             }
             """),
        ]);
        Assert.Empty(layering.Errors());
        return layering.Violations().DistinctBy(violation => violation[..violation.IndexOf(' ')]);
    }
}
