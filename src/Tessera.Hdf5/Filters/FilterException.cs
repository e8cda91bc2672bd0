namespace Tessera.Hdf5Format;

/// <summary>A chunk's bytes aren't what a filter could have written. Who reads the chunk tells file, dataset and place.</summary>
internal sealed class FilterException(string message, Exception? cause = null) : IOException(message, cause);
