using System.Reflection;

namespace Tessera.Serialization;

/// <summary>
/// Chooses the codec of each type. Worker processes start with this, so a family of types is looked into only when the name of a type
/// points to it: a method that mentions a type loads its assembly.
/// </summary>
internal static class ObjectCodecs
{
    public static ObjectCodec For(Type type) => typeof(ITravels).IsAssignableFrom(type) ? new TravellingCodec(Plain(type)) : Plain(type);

    private static ObjectCodec Plain(Type type)
    {
        if (type.IsArray)
            return Array(type);
        if (typeof(Delegate).IsAssignableFrom(type))
            return new DelegateCodec(type);
        if (type.IsValueType)
            return Box(type);
        if (typeof(Exception).IsAssignableFrom(type))
            return new ExceptionCodec(type);
        if (Refusals.OfClass(type) is { } refusal)
            return new RefusedCodec(refusal);
        return Platform(type) ?? TableCodecs.For(type) ?? (MemberName.HoldsVariables(type) ? new ClosureCodec(type)
            : IsGeneratedRegex(type) ? new InstanceCodec(type) : new FieldsCodec(type));
    }

    private static ObjectCodec Array(Type type)
    {
        Type element = type.GetElementType()!;
        if (!element.IsValueType)
            return element.IsPointer || element.IsFunctionPointer
                ? new RefusedCodec(Refusals.Pointer)
                : new ElementsCodec<object>(type);
        return Slots.IsRaw(element) ? Make(typeof(RawArrayCodec<>), element, type) : Make(typeof(ElementsCodec<>), element, type);
    }

    private static ObjectCodec Box(Type type)
    {
        if (Refusals.OfStruct(type) is { } refusal)
            return new RefusedCodec(refusal);
        return Make(Slots.IsRaw(type) ? typeof(RawBoxCodec<>) : typeof(BoxCodec<>), type);
    }

    /// <summary>The codecs of the platform's types that don't travel by their fields.</summary>
    private static ObjectCodec? Platform(Type type)
    {
        if (type == typeof(string))
            return StringCodec.Instance;
        if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            return Make(typeof(ListCodec<>), type.GetGenericArguments()[0]);
        return SingletonCodec.For(type) ?? (type.Namespace switch
        {
            _ when typeof(ICustomAttributeProvider).IsAssignableFrom(type) => ReflectionCodecs.For(type),
            "System" or "System.Globalization" or "System.Threading" or "System.Xml.Linq" => NamedCodecs.For(type),
            "System.Numerics.Tensors" => TensorCodecs.For(type),
            { } name when name.StartsWith("System.Text", StringComparison.Ordinal) => NamedCodecs.For(type),
            _ => null,
        });
    }

    /// <summary>A class that a source generator made of a pattern, with its one object in a static field.</summary>
    private static bool IsGeneratedRegex(Type type) => type.BaseType?.FullName == "System.Text.RegularExpressions.Regex";

    private static ObjectCodec Make(Type generic, Type argument, params object[] arguments) =>
        (ObjectCodec)Activator.CreateInstance(generic.MakeGenericType(argument), arguments)!;
}
