namespace Tessera.Serialization;

/// <summary>Marks what belongs to this process and is refused by its own name, before anything in it is.</summary>
internal interface IStays;
