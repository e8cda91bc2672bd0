namespace Tessera.Serialization;

/// <summary>Marks pools of workers, which belong to this process and are refused by their own name, before anything in them is.</summary>
internal interface IStays;
