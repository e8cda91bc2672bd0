namespace Tessera;

/// <summary>
/// Stands behind the arguments of a delayed function, so that an argument too many is an error and not taken for the name of a file, which the
/// compiler fills in. It is never given.
/// </summary>
public readonly struct EndOfArguments;
