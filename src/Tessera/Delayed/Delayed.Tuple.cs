using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

public partial class Delayed
{
    /// <summary>
    /// Two values as one, for a function that takes more than four: <c>Delayed.Function((int a, int b, int c, (int D, int E) more) =&gt; …)</c> is called as
    /// <c>f(a, b, c, Delayed.Tuple(d, e))</c>. Plain values need none of this: <c>f(a, b, c, (4, 5))</c>.
    /// </summary>
    public static Delayed<(T1 Item1, T2 Item2)> Tuple<T1, T2>(
        Delayed<T1> item1, Delayed<T2> item2, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        FunctionBody join = static a => ((T1)a[0]!, (T2)a[1]!);
        return new(FunctionCall.Of(new UserFunction(join, "tuple", join) { IsOfUser = false }.CalledAt(file, line), Given(item1), Given(item2)));
    }

    /// <summary>Three values as one.</summary>
    /// <inheritdoc cref="Tuple{T1, T2}(Delayed{T1}, Delayed{T2}, string, int)"/>
    public static Delayed<(T1 Item1, T2 Item2, T3 Item3)> Tuple<T1, T2, T3>(
        Delayed<T1> item1, Delayed<T2> item2, Delayed<T3> item3, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        FunctionBody join = static a => ((T1)a[0]!, (T2)a[1]!, (T3)a[2]!);
        return new(FunctionCall.Of(new UserFunction(join, "tuple", join) { IsOfUser = false }.CalledAt(file, line), Given(item1), Given(item2), Given(item3)));
    }

    /// <summary>Four values as one.</summary>
    /// <inheritdoc cref="Tuple{T1, T2}(Delayed{T1}, Delayed{T2}, string, int)"/>
    public static Delayed<(T1 Item1, T2 Item2, T3 Item3, T4 Item4)> Tuple<T1, T2, T3, T4>(
        Delayed<T1> item1, Delayed<T2> item2, Delayed<T3> item3, Delayed<T4> item4, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        FunctionBody join = static a => ((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!);
        return new(FunctionCall.Of(new UserFunction(join, "tuple", join) { IsOfUser = false }.CalledAt(file, line), Given(item1), Given(item2), Given(item3), Given(item4)));
    }
}
