using Tessera.Tests.Pools;

namespace Tessera.Tests.Kernels;

/// <summary>A program whose kernels are interpreted, although they could be compiled, is told so once.</summary>
public class KernelWarningTests
{
    [Fact]
    public void A_program_built_for_native_code_is_warned_once_on_the_error_stream()
    {
        using var program = new ChildProgram("interpreted");
        program.End();
        Assert.Equal(["500000500000", "500000500000"], program.Output);
        Assert.Contains("PublishAot=false", Assert.Single(program.Errors));
    }

    [Fact]
    public void The_warning_can_be_taken()
    {
        using var program = new ChildProgram("interpreted, told");
        program.End();
        Assert.Equal(["1 warning", "500000500000", "500000500000"], program.Output.Order(StringComparer.Ordinal).ToArray());
        Assert.Empty(program.Errors);
    }

    [Fact]
    public void Little_work_and_programs_that_compile_are_not_warned()
    {
        using var small = new ChildProgram("interpreted, little");
        using var compiled = new ChildProgram("compiled");
        small.End();
        compiled.End();
        Assert.Empty(small.Errors);
        Assert.Empty(compiled.Errors);
    }
}
