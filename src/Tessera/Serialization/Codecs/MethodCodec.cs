using System.Reflection;

namespace Tessera.Serialization;

/// <summary>Methods and constructors by their row in the module's table.</summary>
internal static class MethodCodec
{
    private const int Table = 0x06000000;

    public static void Write(MessageWriter writer, MethodBase method)
    {
        writer.WriteType(method.DeclaringType!);
        writer.WriteNumber((uint)method.MetadataToken & 0xFFFFFF);
        Type[] arguments = method.IsGenericMethod && !method.IsGenericMethodDefinition ? method.GetGenericArguments() : [];
        writer.WriteNumber((uint)arguments.Length);
        foreach (Type argument in arguments)
            writer.WriteType(argument);
    }

    public static MethodBase Read(MessageReader reader)
    {
        Type declaring = reader.ReadType().Type;
        int token = Table | (int)reader.ReadNumber();
        RuntimeMethodHandle handle = declaring.Module.ModuleHandle.GetRuntimeMethodHandleFromMetadataToken(token);
        MethodBase method = MethodBase.GetMethodFromHandle(handle, declaring.TypeHandle)!;
        var arguments = new Type[reader.ReadNumber()];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = reader.ReadType().Type;
        return arguments.Length == 0 ? method : ((MethodInfo)method).MakeGenericMethod(arguments);
    }
}
