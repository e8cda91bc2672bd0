namespace Tessera.Serialization;

/// <summary>Exceptions on their way to another process. One whose fields can't travel is told by a <see cref="RemoteException"/>.</summary>
internal static class TravellingException
{
    public static void Write(MessageWriter writer, Exception exception)
    {
        MessageWriter.Mark before = writer.Here;
        try
        {
            writer.Write(exception);
        }
        catch (Exception)
        {
            // whatever kept it from travelling, its own properties included, must not hide what it tells
            writer.Truncate(before);
            writer.Write<Exception>(new RemoteException(exception));
        }
    }

    public static Exception Read(MessageReader reader) => reader.Read<Exception>();
}
