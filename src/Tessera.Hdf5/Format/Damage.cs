namespace Tessera.Hdf5Format;

/// <summary>Adds the name of the object to complaints about a file, which know the place only.</summary>
internal static class Damage
{
    /// <exception cref="InvalidDataException">What is read is damaged; says in which object.</exception>
    public static T In<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"'{path}' can't be read. {damage.Message}", damage);
        }
    }
}
