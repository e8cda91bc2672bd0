namespace Tessera.Tests.Frame;

/// <summary>A recipe says what elements are and what they need. How they are made, and where they lie meanwhile, is an executor's to know.</summary>
public class RecipesAreDataTests
{
    private const string Kernels = "namespace Tessera.Kernels; abstract class Kernel { public void Run() { } } sealed class PlainKernel : Kernel;";

    [Fact]
    public void The_room_has_to_do_with_no_address_and_no_kernel()
    {
        IReadOnlyList<string> found = new Layering(Repository.Sources("src/Tessera")).Machinery("Recipes");
        Assert.True(found.Count == 0, $"{found.Count} places where recipes are more than data:\n{string.Join('\n', found)}");
    }

    [Theory]
    [InlineData("sealed class Filled(nint address) { public bool IsThere => address != 0; }")]
    [InlineData("sealed class Filled { static bool M() => System.IntPtr.Zero == 0; }")]
    [InlineData("sealed class Filled { static unsafe void M(byte* bytes) => *bytes = 0; }")]
    [InlineData("sealed class Filled { static int M(System.Collections.Generic.List<nuint[]> addresses) => addresses.Count; }")]
    [InlineData("sealed class Filled { static void M(Tessera.Kernels.Kernel kernel) => kernel.Run(); }")]
    [InlineData("sealed class Filled { static object M() => new Tessera.Kernels.PlainKernel(); }")]
    [InlineData("sealed class Filled(System.Func<int, Tessera.Kernels.Kernel> make) { public object Made => make(1); }")]
    public void A_planted_one_is_found(string planted)
    {
        var layering = new Layering([("Kernels/Kernel.cs", Kernels), ("Recipes/Filled.cs", "\n" + planted), ("Executors/Filled.cs", "class Other { nint _address; }")]);
        Assert.Empty(layering.Errors());
        Assert.All(layering.Machinery("Recipes"), found => Assert.StartsWith("Recipes/Filled.cs:2: has to do with ", found));
        Assert.NotEmpty(layering.Machinery("Recipes"));
    }

    [Fact]
    public void Numbers_and_programs_are_data()
    {
        var layering = new Layering([("Recipes/Counted.cs", "sealed class Program; sealed class Counted(Program program, long[] sizes) { public object Of => (program, sizes[0] + 1); }")]);
        Assert.Empty(layering.Errors());
        Assert.Empty(layering.Machinery("Recipes"));
    }
}
