namespace Tessera.Executors;

/// <summary>Takes a step's results, cell by cell.</summary>
internal abstract class CpuDestination(ElementType elementType)
{
    public ElementType ElementType { get; } = elementType;

    /// <summary>Bytes that are rented while a cell is made, and those that whoever takes it works with.</summary>
    public virtual long RentedBytes(Region region) => 0;

    /// <summary>True where the memory that a cell is given lies dense in C order.</summary>
    public virtual bool IsDense(Region region) => true;

    /// <summary>Gives the cell's memory to <paramref name="fill"/>, and passes on what was filled.</summary>
    /// <returns>Null, or what the passing on waits for.</returns>
    public abstract Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill);
}
