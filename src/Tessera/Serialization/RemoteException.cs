namespace Tessera.Serialization;

/// <summary>Stands for an exception of another process that couldn't travel, with its type, its message and its stack as text.</summary>
internal sealed class RemoteException(string typeName, string message, string text) : Exception(message)
{
    public RemoteException(Exception original)
        : this(original.GetType().FullName ?? original.GetType().Name, original.Message, original.ToString())
    {
        HResult = original.HResult;
        Source = original.Source;
    }

    /// <summary>The full name of the type that was thrown.</summary>
    public string TypeName => typeName;

    public override string ToString() => text;
}
