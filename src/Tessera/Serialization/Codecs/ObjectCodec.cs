namespace Tessera.Serialization;

/// <summary>Writes and reads the objects of one run-time type, in two parts: what allocates them, and their contents.</summary>
internal abstract class ObjectCodec
{
    /// <summary>Writes what <see cref="Allocate"/> needs.</summary>
    public virtual void Announce(MessageWriter writer, object value)
    {
    }

    /// <summary>Makes the object, without its contents. Objects that it refers to may be without theirs too.</summary>
    public abstract object Allocate(MessageReader reader);

    public virtual void WriteContents(MessageWriter writer, object value)
    {
    }

    public virtual void ReadContents(MessageReader reader, object value)
    {
    }

    /// <summary>The member that leads from an object to another: "Name", "[3]"; empty where people see none.</summary>
    public virtual string PathTo(object parent, object child) => "";

    /// <summary>The member of a type that is refused.</summary>
    public virtual string? MemberOf(Type refused) => null;
}
