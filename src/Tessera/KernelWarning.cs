using Tessera.Kernels;

namespace Tessera;

/// <summary>
/// Says once that kernels are interpreted where they could be compiled: a program that is to be published as native code runs under the ordinary runtime
/// while it is being written, which then keeps from compiling anything anew. Programs of one file are such unless they say otherwise.
/// </summary>
internal static class KernelWarning
{
    private static int _isTold;

    public static void TellOnce(ComputeOptions options)
    {
        if (!KernelCache.IsHeldBack || Interlocked.Exchange(ref _isTold, 1) == 1)
            return;
        options.Tell(
            "Tessera compiles the kernels of a computation as it runs, and this program was built not to allow that, as programs with PublishAot are: it computes " +
            "several times slower than it could. Write '#:property PublishAot=false' at the top of a program of one file, or <PublishAot>false</PublishAot> in the " +
            "project file. If native code is meant, ComputeOptions.Warning takes this message.");
    }
}
