using System.Reflection;

namespace Tessera.Serialization;

/// <summary>
/// The types of a message that is being written. A type is described where it is first met and numbered after that; the parts of a
/// description come before it. Code 0 announces a description, and the n-th type has code n + 1.
/// </summary>
internal sealed class WrittenTypes
{
    /// <summary>Every type that this writer ever met.</summary>
    private readonly Dictionary<Type, WrittenType> _met = [];

    private readonly List<WrittenType> _described = [];
    private readonly List<KnownModule> _modules = [];

    public WrittenTypes()
    {
        foreach (KnownType common in KnownType.Common)
            _met.Add(common.Type, new WrittenType(common) { Code = (uint)_met.Count + 1 });
    }

    /// <summary>Types described in this message.</summary>
    public int Count => _described.Count;

    public int ModuleCount => _modules.Count;

    public WrittenType Of(Type type)
    {
        if (!_met.TryGetValue(type, out WrittenType? met))
            _met.Add(type, met = new WrittenType(KnownType.Of(type)));
        return met;
    }

    public void Write(MessageWriter writer, Type type) => Write(writer, Of(type));

    public void Write(MessageWriter writer, WrittenType type)
    {
        writer.WriteNumber(type.Code);
        if (type.Code != 0)
            return;
        Describe(writer, type.Type);
        _described.Add(type);
        type.Code = (uint)(KnownType.Common.Length + _described.Count);
    }

    /// <summary>Forgets what was described from a place on.</summary>
    public void Truncate(int types, int modules)
    {
        for (int i = types; i < _described.Count; i++)
            _described[i].Code = 0;
        _described.RemoveRange(types, _described.Count - types);
        _modules.RemoveRange(modules, _modules.Count - modules);
    }

    public void WriteModule(MessageWriter writer, Module module)
    {
        KnownModule known = KnownModule.Of(module);
        int number = _modules.IndexOf(known);
        writer.WriteNumber((uint)(number + 1));
        if (number >= 0)
            return;
        writer.WriteRaw(known.Version);
        writer.WriteText(known.Name);
        writer.WriteText(known.Location);
        _modules.Add(known);
    }

    private void Describe(MessageWriter writer, Type type)
    {
        if (type.IsSZArray)
            DescribeOver(writer, TypeKind.Vector, type.GetElementType()!);
        else if (type.IsArray)
        {
            DescribeOver(writer, TypeKind.Array, type.GetElementType()!);
            writer.WriteNumber((uint)type.GetArrayRank());
        }
        else if (type.IsByRef)
            DescribeOver(writer, TypeKind.Reference, type.GetElementType()!);
        else if (type.IsPointer)
            DescribeOver(writer, TypeKind.Pointer, type.GetElementType()!);
        else if (type.IsGenericParameter)
            DescribeParameter(writer, type);
        else if (type.IsConstructedGenericType)
        {
            DescribeOver(writer, TypeKind.Generic, type.GetGenericTypeDefinition());
            foreach (Type argument in type.GetGenericArguments())
                Write(writer, argument);
        }
        else if (type.IsFunctionPointer)
            writer.Refuse(type, Refusals.Pointer);
        else
        {
            if (KnownModule.Of(type.Module).Refusal is { } refusal)
                writer.Refuse(type, refusal);
            writer.WriteRaw((byte)TypeKind.Defined);
            WriteModule(writer, type.Module);
            writer.WriteNumber((uint)type.MetadataToken & 0xFFFFFF);
        }
    }

    private void DescribeOver(MessageWriter writer, TypeKind kind, Type part)
    {
        writer.WriteRaw((byte)kind);
        Write(writer, part);
    }

    private void DescribeParameter(MessageWriter writer, Type type)
    {
        if (type.DeclaringMethod is { } method)
        {
            writer.WriteRaw((byte)TypeKind.MethodParameter);
            MethodCodec.Write(writer, method);
        }
        else
            DescribeOver(writer, TypeKind.TypeParameter, type.DeclaringType!);
        writer.WriteNumber((uint)type.GenericParameterPosition);
    }
}

/// <summary>A type with its code in the message that is being written; 0 where it isn't described yet.</summary>
internal sealed class WrittenType(KnownType known)
{
    public Type Type => known.Type;

    public ObjectCodec Codec => known.Codec;

    public uint Code { get; set; }
}

/// <summary>How a type is described.</summary>
internal enum TypeKind : byte
{
    Defined,
    Generic,
    Vector,
    Array,
    Reference,
    Pointer,
    TypeParameter,
    MethodParameter,
}
