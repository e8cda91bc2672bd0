using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tessera;

public partial class Delayed
{
    /// <summary>
    /// Takes the name of a method, of which C# doesn't infer the types that the other overloads need, so that the compiler says what to write instead.
    /// </summary>
    [Obsolete(
        "C# infers no types from the name of a method. Name them, the result last, as in Delayed.Function<int, int>(Method), or write a lambda, as in Delayed.Function((int n) => Method(n)).",
        error: true)]
    [OverloadResolutionPriority(-1)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Delayed Function(Delegate function, string? name = null) =>
        throw new NotSupportedException($"{name ?? function?.Method.Name} was given without its types; name them, the result last, as in Delayed.Function<int, int>(Method).");
}
