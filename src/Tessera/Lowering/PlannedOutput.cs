using Tessera.Expressions;
using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>An array that a plan computes, and where its elements go. A class, since generic code over it is compiled already, which start-up feels.</summary>
internal sealed record PlannedOutput(ArrayExpression Array, Destination Destination);
