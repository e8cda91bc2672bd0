using System.Runtime.CompilerServices;

namespace Tessera.Pools;

/// <summary>
/// Takes the threads that share a pool through their steps one at a time, so that a test can try every order. In a program there is none, and threads go as they
/// come.
/// </summary>
internal abstract class Turns
{
    /// <summary>The calling thread is about to do a step that others see, or that depends on theirs: may it?</summary>
    /// <param name="place">Whose step it is.</param>
    /// <param name="needed">The lock that the step waits for; given for locks that are kept over several steps.</param>
    /// <param name="step">Its name.</param>
    public abstract void Await(object place, Lock? needed = null, [CallerMemberName] string step = "");

    /// <summary>The calling thread waits until something is so.</summary>
    public abstract void Until(Func<bool> condition, [CallerMemberName] string step = "");

    /// <summary>The calling thread ends.</summary>
    public abstract void Leave();
}
