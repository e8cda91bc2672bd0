using System.Runtime.Serialization;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

internal static class Refused
{
    /// <summary>The error of a value that can't travel.</summary>
    public static string Message<T>(T value) => Assert.Throws<SerializationException>(() => new MessageWriter().Write(value)).Message;
}
