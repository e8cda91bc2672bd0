namespace Tessera.Serialization;

/// <summary>An object that can't travel by its fields, such as compiled code or native memory. Something else travels in its place.</summary>
internal interface ITravelsAs
{
    /// <summary>What travels. It must not lead back to this object.</summary>
    IArrives Travelling();
}

/// <summary>What travels in the place of another object.</summary>
internal interface IArrives
{
    /// <summary>Makes the object in the receiving process. Whatever this one refers to has arrived whole before.</summary>
    object Arrive();
}
