using System.Reflection;
using System.Reflection.Emit;

namespace Tessera.Serialization;

/// <summary>What the tokens in a method's IL stand for, with the types that the method is generic over.</summary>
internal sealed class Tokens(MethodBase method)
{
    public MethodBase M => method;//
    private readonly Type[] _types = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
    private readonly Type[] _ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];

    public FieldInfo Field(int token) => method.Module.ResolveField(token, _types, _ofMethod)!;

    public MethodBase Method(int token) => method.Module.ResolveMethod(token, _types, _ofMethod)!;

    /// <summary>True where an instruction names a closure's type, or a member of it.</summary>
    public bool NamesClosure(Instruction instruction) =>
        instruction.Code.OperandType is OperandType.InlineType or OperandType.InlineTok
        && method.Module.ResolveMember(instruction.Operand, _types, _ofMethod) is var member
        && (member is Type type ? ClosureUse.IsClosure(type) : member?.DeclaringType is { } declaring && ClosureUse.IsClosure(declaring));
}
