namespace Tessera.Diagnostics;

/// <summary>Somebody else's message inside ours.</summary>
internal static class Sentence
{
    /// <summary>The message with a full stop, unless it ends in one or its like.</summary>
    public static string Of(string message) => message.EndsWith('.') || message.EndsWith('!') || message.EndsWith('?') ? message : message + ".";
}
