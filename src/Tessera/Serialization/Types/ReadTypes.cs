using System.Diagnostics;
using System.Reflection;

namespace Tessera.Serialization;

/// <summary>The types of a message that is being read; the other side of <see cref="WrittenTypes"/>.</summary>
internal sealed class ReadTypes
{
    private readonly List<KnownType> _described = [];
    private readonly List<KnownModule> _modules = [];

    public void Clear()
    {
        _described.Clear();
        _modules.Clear();
    }

    public KnownType Read(MessageReader reader)
    {
        int code = (int)reader.ReadNumber();
        if (code == 0)
        {
            KnownType type = ReadDescription(reader);
            _described.Add(type);
            return type;
        }
        KnownType[] common = KnownType.Common;
        return code <= common.Length ? common[code - 1] : _described[code - common.Length - 1];
    }

    public KnownModule ReadModule(MessageReader reader)
    {
        int code = (int)reader.ReadNumber();
        if (code > 0)
            return _modules[code - 1];
        KnownModule module = KnownModule.Find(reader.ReadRaw<Guid>(), reader.ReadText(), reader.ReadText());
        _modules.Add(module);
        return module;
    }

    private KnownType ReadDescription(MessageReader reader)
    {
        var kind = (TypeKind)reader.ReadRaw<byte>();
        if (kind == TypeKind.Defined)
            return ReadModule(reader).TypeAt(0x02000000 | (int)reader.ReadNumber());
        if (kind == TypeKind.MethodParameter)
        {
            MethodBase method = MethodCodec.Read(reader);
            return KnownType.Of(method.GetGenericArguments()[reader.ReadNumber()]);
        }
        Type part = Read(reader).Type;
        return KnownType.Of(kind switch
        {
            TypeKind.Generic => part.MakeGenericType(ReadArguments(reader, part)),
            TypeKind.Vector => part.MakeArrayType(),
            TypeKind.Array => part.MakeArrayType((int)reader.ReadNumber()),
            TypeKind.Reference => part.MakeByRefType(),
            TypeKind.Pointer => part.MakePointerType(),
            TypeKind.TypeParameter => part.GetGenericArguments()[reader.ReadNumber()],
            _ => throw new UnreachableException($"A description of a type begins with {(byte)kind}."),
        });
    }

    private Type[] ReadArguments(MessageReader reader, Type definition)
    {
        var arguments = new Type[definition.GetGenericArguments().Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = Read(reader).Type;
        return arguments;
    }
}
