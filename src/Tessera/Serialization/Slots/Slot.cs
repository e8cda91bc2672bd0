using System.Collections.Concurrent;

namespace Tessera.Serialization;

/// <summary>Writes and reads what lies in a variable, a field or an element of one declared type.</summary>
internal abstract class Slot
{
    private static readonly ConcurrentDictionary<Type, Slot> All = [];

    public static Slot Of(Type type) => All.TryGetValue(type, out Slot? slot) ? slot : All.GetOrAdd(type, Slots.For(type));

    public abstract void WriteBoxed(MessageWriter writer, object? value);

    public abstract object? ReadBoxed(MessageReader reader);

    /// <summary>The way from a value to an object inside it: "", a member, or null where the object isn't in there.</summary>
    public virtual string? PathTo(object? value, object child) => ReferenceEquals(value, child) ? "" : null;

    /// <summary>The way to a member of a type that is refused; null where there is none.</summary>
    public virtual string? MemberOf(Type refused) => null;
}

/// <summary>A slot of a type that is known when it is used.</summary>
internal abstract class Slot<T> : Slot
{
    public static readonly Slot<T> Instance = (Slot<T>)Of(typeof(T));

    /// <summary>True where the bytes in memory are all there is to a value.</summary>
    public static readonly bool IsRaw = Instance is RawSlot<T>;

    public abstract void Write(MessageWriter writer, in T value);

    public abstract T Read(MessageReader reader);

    public virtual void WriteMany(MessageWriter writer, ReadOnlySpan<T> values)
    {
        foreach (ref readonly T value in values)
            Write(writer, in value);
    }

    public virtual void ReadMany(MessageReader reader, Span<T> values)
    {
        foreach (ref T value in values)
            value = Read(reader);
    }

    public override void WriteBoxed(MessageWriter writer, object? value) => Write(writer, (T)value!);

    public override object? ReadBoxed(MessageReader reader) => Read(reader);
}
