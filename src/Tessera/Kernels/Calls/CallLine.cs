using Tessera.Diagnostics;

namespace Tessera.Kernels;

/// <summary>A function and a line that calls it: one object for all calls that come from there, of which there may be millions.</summary>
internal sealed class CallLine(UserFunction function, SourceLine site)
{
    public UserFunction Function => function;

    public SourceLine Site => site;
}
