using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

/// <summary>The items of delayed tuples, without computing them: <c>var (low, high) = range(data);</c></summary>
public static class DelayedTuples
{
    extension<T1, T2>(Delayed<(T1, T2)> tuple)
    {
        /// <summary>The first item.</summary>
        public Delayed<T1> Item1 => Pairs<T1, T2>.First.Of(tuple);

        /// <summary>The second item.</summary>
        public Delayed<T2> Item2 => Pairs<T1, T2>.Second.Of(tuple);

        /// <summary>Both items.</summary>
        public void Deconstruct(out Delayed<T1> item1, out Delayed<T2> item2) => (item1, item2) = (tuple.Item1, tuple.Item2);
    }

    extension<T1, T2, T3>(Delayed<(T1, T2, T3)> tuple)
    {
        /// <summary>The first item.</summary>
        public Delayed<T1> Item1 => Triples<T1, T2, T3>.First.Of(tuple);

        /// <summary>The second item.</summary>
        public Delayed<T2> Item2 => Triples<T1, T2, T3>.Second.Of(tuple);

        /// <summary>The third item.</summary>
        public Delayed<T3> Item3 => Triples<T1, T2, T3>.Third.Of(tuple);

        /// <summary>All items.</summary>
        public void Deconstruct(out Delayed<T1> item1, out Delayed<T2> item2, out Delayed<T3> item3) =>
            (item1, item2, item3) = (tuple.Item1, tuple.Item2, tuple.Item3);
    }

    private static class Pairs<T1, T2>
    {
        public static Item<(T1, T2), T1> First { get; } = new(static items => items.Item1, "Item1");

        public static Item<(T1, T2), T2> Second { get; } = new(static items => items.Item2, "Item2");
    }

    private static class Triples<T1, T2, T3>
    {
        public static Item<(T1, T2, T3), T1> First { get; } = new(static items => items.Item1, "Item1");

        public static Item<(T1, T2, T3), T2> Second { get; } = new(static items => items.Item2, "Item2");

        public static Item<(T1, T2, T3), T3> Third { get; } = new(static items => items.Item3, "Item3");
    }

    /// <summary>Takes an item out where the tuple is: neither travels for it.</summary>
    private sealed class Item<TTuple, T>(Func<TTuple, T> take, string name)
    {
        private readonly UserFunction _function = new(take, name, values => take((TTuple)values[0]!)) { IsOfUser = false };

        public Delayed<T> Of(Delayed<TTuple> tuple)
        {
            ArgumentNullException.ThrowIfNull(tuple);
            return new(FunctionCall.Of(_function.CalledAt("", 0), tuple.Argument));
        }
    }
}
