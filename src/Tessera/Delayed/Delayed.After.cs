using Tessera.Expressions;

namespace Tessera;

public partial class Delayed
{
    /// <summary>
    /// The same call, begun only when others are done whose results it doesn't take: a file is read after it was written.
    /// <c>read("a.tif").After(write("a.tif"))</c>
    /// </summary>
    /// <param name="others">They are computed too, once, as arguments are.</param>
    /// <exception cref="InvalidOperationException">This is no call of a delayed function.</exception>
    public Delayed After(params ReadOnlySpan<Delayed> others) => new(CallAfter(others));

    private protected FunctionCall CallAfter(ReadOnlySpan<Delayed> others)
    {
        if (Argument is not FunctionCall call)
        {
            throw new InvalidOperationException(
                $"'{Expression.Name}' is no call of a delayed function, and only such a call can be put after others. Put the calls that it is made of after them.");
        }

        var waits = new object?[others.Length];
        for (int i = 0; i < waits.Length; i++)
            waits[i] = GivenOf(i, others[i], nameof(others));
        return call.After(waits);
    }
}

public sealed partial class Delayed<T>
{
    /// <inheritdoc cref="Delayed.After"/>
    public new Delayed<T> After(params ReadOnlySpan<Delayed> others) => new(CallAfter(others));
}
