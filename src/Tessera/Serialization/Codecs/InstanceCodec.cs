using System.Reflection;

namespace Tessera.Serialization;

/// <summary>The one object of a class, which its static field <c>Instance</c> holds.</summary>
internal sealed class InstanceCodec(Type type) : ObjectCodec
{
    private readonly object? _instance =
        type.GetField("Instance", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(null);

    public override void Announce(MessageWriter writer, object value)
    {
        if (!ReferenceEquals(value, _instance))
            writer.Refuse(type, Refusals.Unknown);
    }

    public override object Allocate(MessageReader reader) => _instance!;
}
