namespace Tessera.Storage;

/// <summary>A source whose elements are computed, and read from nowhere: plans, progress and profiles don't count them as bytes that were read.</summary>
internal interface IGeneratedSource : IBlockSource;
