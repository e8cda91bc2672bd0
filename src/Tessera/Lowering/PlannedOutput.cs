using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>An array that a plan computes, and where its elements go.</summary>
internal sealed record PlannedOutput(ArrayExpression Array, Destination Destination);
