using System.Globalization;

namespace Tessera.Diagnostics;

/// <summary>Somebody else's message inside ours.</summary>
internal static class Sentence
{
    /// <summary>The longest part of a message that is repeated; the exception that said it has all.</summary>
    public const int Longest = 10_000;

    /// <summary>What an exception says; its message is a user's code, which may fail too.</summary>
    public static string Of(Exception cause)
    {
        try
        {
            return Of(cause.Message);
        }
        catch (Exception failure)
        {
            return $"{TypeName.Of(cause.GetType())}, whose message failed with {TypeName.Of(failure.GetType())}.";
        }
    }

    /// <summary>The message with a full stop, unless it ends in one or its like. Of a very long one, the beginning.</summary>
    public static string Of(string message)
    {
        string text = Short(message);
        return text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') ? text : text + ".";
    }

    /// <summary>A message that isn't too long to be repeated.</summary>
    public static string Short(string message) => message.Length <= Longest
        ? message
        : string.Create(CultureInfo.InvariantCulture, $"{message.AsSpan(0, Longest)}… (the first {Longest:N0} of {message.Length:N0} characters)");
}
