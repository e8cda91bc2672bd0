namespace Tessera.Serialization;

/// <summary>Stands for an exception of another process that couldn't travel, with its type, its message and its stack as text.</summary>
internal sealed class RemoteException(string typeName, string message, string text) : Exception(message)
{
    public RemoteException(Exception original)
        : this(original.GetType().FullName ?? original.GetType().Name, Try(() => original.Message), Try(original.ToString))
    {
        HResult = original.HResult;
    }

    /// <summary>The full name of the type that was thrown.</summary>
    public string TypeName => typeName;

    public override string ToString() => text;

    /// <summary>What an exception says of itself, which is a user's code and may fail too.</summary>
    private static string Try(Func<string> tell)
    {
        try
        {
            return tell();
        }
        catch (Exception error)
        {
            return $"({error.GetType().Name} while the exception told of itself)";
        }
    }
}
