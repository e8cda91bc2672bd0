using Tessera.Serialization;

namespace Tessera.Steps;

/// <summary>What calls find where they are done.</summary>
/// <param name="cancellation">Fires when the run stops.</param>
internal sealed class CallPlace(CancellationToken cancellation)
{
    public CancellationToken Cancellation => cancellation;

    /// <summary>If set, makes the constant arguments of each call anew, so that what a call does to them no other call sees.</summary>
    public Copies? Constants { get; init; }

    /// <summary>Where functions of users are to be called, if not here.</summary>
    public CallsElsewhere? Elsewhere { get; init; }
}
