namespace Tessera;

/// <summary>
/// A step of a computation failed. The <see cref="Exception.InnerException"/> says why: a file that can't be read, a function of the user's
/// that threw.
/// </summary>
public sealed class ComputationException : Exception
{
    internal ComputationException(string operation, string block, Exception cause)
        : base($"{operation} failed for {block}: {cause.Message}", cause) => (Operation, Block) = (operation, block);

    /// <summary>The operation, as plans name it.</summary>
    public string Operation { get; }

    /// <summary>Which of its blocks: the position in the chunk grid, the region, the file.</summary>
    public string Block { get; }
}
