using System.Runtime.CompilerServices;

namespace Tessera.Tests.Kernels;

/// <summary>What a child program computes without a compiler, as one does that is to be published as native code.</summary>
internal static class KernelPrograms
{
    private const int Length = 1_000_000;

    public static void Run(string name)
    {
        if (name != "compiled")
            AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
        if (RuntimeFeature.IsDynamicCodeCompiled != (name == "compiled"))
            throw new InvalidOperationException("The switch came too late.");

        var options = name == "interpreted, told" ? new ComputeOptions { Warning = _ => Console.WriteLine("1 warning") } : new ComputeOptions();
        int length = name == "interpreted, little" ? 1000 : Length;
        for (int turn = 0; turn < 2; turn++)
            Console.WriteLine((ChunkedArray.Arange((long)length) + 1).Sum().Compute(options));
    }
}
