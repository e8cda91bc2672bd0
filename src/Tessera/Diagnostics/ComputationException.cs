using Tessera.Diagnostics;

namespace Tessera;

/// <summary>
/// A step of a computation, or a delayed function, failed. The <see cref="Exception.InnerException"/> says why: a file that can't be read, a function of the user's
/// that threw.
/// </summary>
public sealed class ComputationException : Exception
{
    internal ComputationException(string operation, string place, Exception cause, bool isCall = false)
        : base($"The computation failed: {Sentence.Of(cause)} While computing {operation}{Place(place, isCall)}.", cause) =>
        (Operation, Block, CallSite) = (operation, isCall ? "" : place, isCall ? place : "");

    /// <summary>The operation, as plans name it; of a delayed function, the call: <c>load("image0003.tif")</c>.</summary>
    public string Operation { get; }

    /// <summary>Which of its blocks: the region, half-open ranges of indexes axis by axis; empty for a delayed function.</summary>
    public string Block { get; }

    /// <summary>The line of the program that called the delayed function, <c>Program.cs:12</c>; empty for an operation of arrays.</summary>
    public string CallSite { get; }

    private static string Place(string place, bool isCall) => place == "" ? "" : isCall ? $", called at {place}" : $", block {place}";
}
