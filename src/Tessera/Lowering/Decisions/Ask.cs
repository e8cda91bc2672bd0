using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// What one reader of an expression asks of it, summed up: so many requests of one extent, which lie in a box. Together they may go over the box many times.
/// <code>
/// rows (300, 200) broadcast to (500, 300, 200), tiles of (1, 300, 200):   500 requests of (300, 200) in the box [0..300, 0..200]
/// </code>
/// </summary>
/// <param name="Step">What reads: the reduction, the output or the kept expression whose elements are being made.</param>
/// <param name="Program">The kernel that reads; it makes what is shared within it once. Null for one of its own, which nobody else has a part in yet.</param>
/// <param name="Box">Where all requests lie.</param>
/// <param name="Extent">Of a request.</param>
/// <param name="Count">Of requests. A fraction if those at the ends are smaller.</param>
internal sealed record Ask(object Step, FusedProgram? Program, Region Box, Shape Extent, double Count)
{
    private const double Most = 1e100; // what is asked for a thousand times over, a thousand times over, is still a number

    /// <summary>Stands for several steps at once.</summary>
    public static readonly object ManySteps = new();

    /// <summary>Of requests. A fraction if those at the ends are smaller.</summary>
    public double Count { get; init => field = Math.Min(value, Most); } = Math.Min(Count, Most);

    /// <summary>In how many ways the step leads here: so many operations there would be of one, were nothing kept between.</summary>
    public double Ways { get; init => field = Math.Min(value, Most); } = 1;

    /// <summary>The view that shows a part, if one lies above: what is reduced below it is reduced for this view alone.</summary>
    public View? Seen { get; init; }

    /// <summary>True if a request may leave out elements between those that it asks for, for a view above shows every so-many-th.</summary>
    public bool HasGaps { get; init; }

    /// <summary>True if requests are stretches of neighbours under another shape, which begin and end anywhere.</summary>
    public bool IsScattered { get; init; }

    /// <summary>
    /// True if it is known where requests begin: at the beginning of the box, and from there at each multiple of the extent, as a destination wants it, and not where
    /// storage chunks do.
    /// </summary>
    public bool IsInParts { get; init; }

    /// <summary>Elements asked for in all.</summary>
    public double Volume => Count * Extent.Length;

    /// <summary>Requests of an extent that go over a box once.</summary>
    public static Ask Once(object step, Region box, Shape extent, FusedProgram? program = null) =>
        new(step, program, box, extent, box.Length / (double)Math.Max(1, extent.Length));
}

/// <summary>A kernel that is fused from several operations, while the readers and the read are looked at.</summary>
internal sealed class FusedProgram
{
    /// <summary>Operations that it has taken in.</summary>
    public int Operations { get; set; }

    /// <summary>True once its tiles are known.</summary>
    public bool IsTiled { get; set; }
}
