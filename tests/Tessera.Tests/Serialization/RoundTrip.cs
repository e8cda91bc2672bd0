using System.Runtime.InteropServices;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

/// <summary>Sends values through a message in this process, as they go to another one.</summary>
internal static class RoundTrip
{
    public static T Of<T>(T value)
    {
        var writer = new MessageWriter();
        writer.Write(value);
        MessageReader reader = Begin(writer);
        T arrived = reader.Read<T>();
        reader.Finish();
        return arrived;
    }

    /// <summary>A reader of a copy of all that was written.</summary>
    public static MessageReader Begin(MessageWriter writer)
    {
        byte[] attached = [.. writer.Attachments.SelectMany(Bytes)];
        Assert.Equal(writer.TotalBytes, writer.Written.Length + attached.Length);
        int position = 0;
        var reader = new MessageReader();
        reader.Begin(writer.Written.ToArray(), destination =>
        {
            attached.AsSpan(position, destination.Length).CopyTo(destination);
            position += destination.Length;
        });
        return reader;
    }

    private static byte[] Bytes(Array array) => MemoryMarshal
        .CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array)).ToArray();
}
