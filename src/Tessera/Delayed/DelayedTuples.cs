namespace Tessera;

/// <summary>The items of delayed tuples, without computing them: <c>var (low, high) = range(data);</c></summary>
public static class DelayedTuples
{
    extension<T1, T2>(Delayed<(T1, T2)> tuple)
    {
        /// <summary>The first item.</summary>
        public Delayed<T1> Item1 => Delayed.Function(((T1, T2) items) => items.Item1, "Item1")(tuple, default, "", 0);

        /// <summary>The second item.</summary>
        public Delayed<T2> Item2 => Delayed.Function(((T1, T2) items) => items.Item2, "Item2")(tuple, default, "", 0);

        /// <summary>Both items.</summary>
        public void Deconstruct(out Delayed<T1> item1, out Delayed<T2> item2) => (item1, item2) = (tuple.Item1, tuple.Item2);
    }

    extension<T1, T2, T3>(Delayed<(T1, T2, T3)> tuple)
    {
        /// <summary>The first item.</summary>
        public Delayed<T1> Item1 => Delayed.Function(((T1, T2, T3) items) => items.Item1, "Item1")(tuple, default, "", 0);

        /// <summary>The second item.</summary>
        public Delayed<T2> Item2 => Delayed.Function(((T1, T2, T3) items) => items.Item2, "Item2")(tuple, default, "", 0);

        /// <summary>The third item.</summary>
        public Delayed<T3> Item3 => Delayed.Function(((T1, T2, T3) items) => items.Item3, "Item3")(tuple, default, "", 0);

        /// <summary>All items.</summary>
        public void Deconstruct(out Delayed<T1> item1, out Delayed<T2> item2, out Delayed<T3> item3) =>
            (item1, item2, item3) = (tuple.Item1, tuple.Item2, tuple.Item3);
    }
}
