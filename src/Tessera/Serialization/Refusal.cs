namespace Tessera.Serialization;

/// <summary>Why values of some type can't travel to another process, and what to do instead.</summary>
/// <param name="Reason">A clause that goes on after "can't travel to another process: ".</param>
/// <param name="Remedy">A sentence.</param>
internal sealed record Refusal(string Reason, string Remedy);
