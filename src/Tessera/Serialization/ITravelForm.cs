namespace Tessera;

/// <summary>
/// What travels to another process in the place of an object that can't, or shouldn't, travel by its fields: what the object is made of, and how it is made there.
/// A record of numbers, texts and arrays is best.
/// </summary>
/// <typeparam name="T">What is made.</typeparam>
public interface ITravelForm<out T>
    where T : class
{
    /// <summary>Makes the object in the process that this has come to; called once there, before anything is computed.</summary>
    T Open();
}

/// <summary>An object that says in which form it goes to other processes.</summary>
public interface ITravels
{
    /// <summary>What goes in the object's place, and doesn't lead back to it; null, which is the default, if the object travels by its fields.</summary>
    ITravelForm<object>? TravelForm => null;
}
