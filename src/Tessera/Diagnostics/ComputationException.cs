namespace Tessera;

/// <summary>
/// A step of a computation failed. The <see cref="Exception.InnerException"/> says why: a file that can't be read, a function of the user's
/// that threw.
/// </summary>
public sealed class ComputationException : Exception
{
    internal ComputationException(string operation, string block, Exception cause)
        : base($"The computation failed: {Sentence(cause.Message)} While computing {operation}, block {block}.", cause) => (Operation, Block) = (operation, block);

    /// <summary>The operation, as plans name it.</summary>
    public string Operation { get; }

    /// <summary>Which of its blocks: the region, half-open ranges of indexes axis by axis.</summary>
    public string Block { get; }

    private static string Sentence(string message) => message.EndsWith('.') || message.EndsWith('!') || message.EndsWith('?') ? message : message + ".";
}
