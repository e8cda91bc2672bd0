using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>
/// The calls of a plan by their numbers: what they need, what they are called, and the doing of them. What is behind a call, a function of the user's or a
/// value that becomes known while the run is on, is nothing that steps and executors see.
/// </summary>
internal interface ICalls
{
    int Count { get; }

    /// <summary>The calls whose values a call takes; one that is needed twice is there twice.</summary>
    ReadOnlySpan<int> InputsOf(int call);

    string NameOf(int call);

    string DescriptionOf(int call);

    /// <summary>What makes it the call that it is, without what it is made of: equal in every process that makes the plan.</summary>
    string TextOf(int call);

    /// <summary>The elements that become the value, if it is those of an array.</summary>
    ReceivedOutput? ElementsOf(int call);

    /// <summary>Adds what the call is made of: its function with what that captured, and the plain values that it takes.</summary>
    /// <returns>False where that can't be written down.</returns>
    bool AddContent(int call, ContentHash content);

    /// <summary>Equal for calls of the same function.</summary>
    object KindOf(int call);

    /// <summary>Plain values that it takes, by name, each once.</summary>
    IEnumerable<string> DataOf(int call);

    /// <summary>The failure of a call, told with what it was doing.</summary>
    ComputationException Failure(int call, Exception cause);

    /// <summary>Does a call, or begins it and gives what it waits for; its value is among the values of the step then.</summary>
    Task? Start(int call, CallPlace place);
}
