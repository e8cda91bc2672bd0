namespace Tessera.Kernels;

/// <summary>Which numbers a random array holds, and how often each. Equal where kind and parameters are equal.</summary>
internal abstract record RandomDistribution
{
    /// <summary>
    /// Each integer from <paramref name="Low"/> to just below <paramref name="High"/> equally often. Both are in the element type's range,
    /// but that High may lie one past its end, for the full range.
    /// </summary>
    public sealed record Integers(Int128 Low, Int128 High) : RandomDistribution
    {
        /// <summary>How many different numbers: 1 to 2^64.</summary>
        public UInt128 Count => (UInt128)(High - Low);

        public override string ToString() => FormattableString.Invariant($"integers {Low}..{High}");
    }

    /// <summary>Evenly spread over [<paramref name="Low"/>, <paramref name="High"/>), which is finite, and so is its width.</summary>
    public sealed record Uniform(double Low, double High) : RandomDistribution
    {
        public override string ToString() => FormattableString.Invariant($"uniform {Low}..{High}");
    }

    /// <summary>Normal, with the given mean and standard deviation (0 or more).</summary>
    public sealed record Normal(double Mean, double StandardDeviation) : RandomDistribution
    {
        public override string ToString() => FormattableString.Invariant($"normal {Mean}±{StandardDeviation}");
    }
}
