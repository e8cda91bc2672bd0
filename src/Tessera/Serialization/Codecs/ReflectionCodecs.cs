using System.Reflection;
using System.Runtime.Serialization;

namespace Tessera.Serialization;

/// <summary>Types, members and assemblies, which arrive as those of the receiving process.</summary>
internal static class ReflectionCodecs
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static ObjectCodec For(Type type)
    {
        if (type.Namespace?.StartsWith("System.Reflection.Emit", StringComparison.Ordinal) == true)
            return new RefusedCodec(Refusals.EmittedCode);
        if (typeof(Type).IsAssignableFrom(type))
            return new MadeCodec<Type>(static (writer, value) => writer.WriteType(value), static reader => reader.ReadType().Type);
        if (typeof(Assembly).IsAssignableFrom(type))
            return new MadeCodec<Assembly>(WriteAssembly, static reader => reader.ReadModule().Module.Assembly);
        if (typeof(Module).IsAssignableFrom(type))
            return new MadeCodec<Module>(static (writer, value) => WriteAssembly(writer, value.Assembly), static reader => reader.ReadModule().Module);
        if (typeof(MemberInfo).IsAssignableFrom(type))
            return new MadeCodec<MemberInfo>(WriteMember, ReadMember);
        if (typeof(ParameterInfo).IsAssignableFrom(type))
            return new MadeCodec<ParameterInfo>(WriteParameter, ReadParameter);
        return new RefusedCodec(Refusals.Unknown);
    }

    private static void WriteAssembly(MessageWriter writer, Assembly assembly)
    {
        if (KnownModule.Of(assembly.ManifestModule).Refusal is { } refusal)
            writer.Refuse(assembly.GetType(), refusal);
        writer.WriteModule(assembly.ManifestModule);
    }

    /// <remarks>A member that was found through a derived type isn't equal to the same one found through its own, so both types travel.</remarks>
    private static void WriteMember(MessageWriter writer, MemberInfo member)
    {
        if (member.DeclaringType is null)
            writer.Refuse(member.GetType(), Refusals.EmittedCode);
        bool isInherited = member.ReflectedType != member.DeclaringType;
        bool isMethod = member is MethodBase && !isInherited;
        writer.WriteRaw(isMethod);
        if (isMethod)
        {
            MethodCodec.Write(writer, (MethodBase)member);
            return;
        }
        if (member is MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false })
            writer.Refuse(member.GetType(), Refusals.Unknown);
        writer.WriteType(member.ReflectedType!);
        writer.WriteType(member.DeclaringType);
        writer.WriteRaw(member.MetadataToken);
    }

    private static MemberInfo ReadMember(MessageReader reader)
    {
        if (reader.ReadRaw<bool>())
            return MethodCodec.Read(reader);
        (Type reflected, Type declaring, int token) = (reader.ReadType().Type, reader.ReadType().Type, reader.ReadRaw<int>());
        foreach (MemberInfo member in reflected.GetMembers(Any))
        {
            if (member.MetadataToken == token && member.DeclaringType == declaring)
                return member;
        }
        throw new SerializationException($"{reflected} has no member with the token {token:x8}. Start all processes from the same build.");
    }

    private static void WriteParameter(MessageWriter writer, ParameterInfo parameter)
    {
        WriteMember(writer, parameter.Member);
        writer.WriteRaw(parameter.Position);
    }

    private static ParameterInfo ReadParameter(MessageReader reader)
    {
        MemberInfo member = ReadMember(reader);
        int position = reader.ReadRaw<int>();
        if (position < 0)
            return ((MethodInfo)member).ReturnParameter;
        return member is PropertyInfo property ? property.GetIndexParameters()[position] : ((MethodBase)member).GetParameters()[position];
    }
}
