namespace Tessera.Steps;

/// <summary>Where a step's results go, cell by cell.</summary>
internal abstract class Destination(ElementType elementType)
{
    public ElementType ElementType { get; } = elementType;

    /// <summary>Where cells must begin and end; null where any cut will do.</summary>
    public virtual Shape? Chunks => null;

    /// <summary>Bytes left behind by a cell, for its readers.</summary>
    public virtual long OutputBytes(int cell, Region region) => 0;

    /// <summary>The answer for this kind of destination.</summary>
    public abstract T Accept<T>(IDestinationKinds<T> kinds);
}
