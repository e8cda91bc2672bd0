using System.Reflection;
using System.Reflection.Emit;

namespace Tessera.Serialization;

/// <summary>What the tokens in a method's IL stand for, with the types that the method is generic over.</summary>
internal sealed class Tokens(MethodBase method)
{
    private readonly Type[] _types = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
    private readonly Type[] _ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];

    public FieldInfo Field(int token) => method.Module.ResolveField(token, _types, _ofMethod)!;

    public MethodBase Method(int token) => method.Module.ResolveMethod(token, _types, _ofMethod)!;

    /// <summary>True where an instruction names a closure's type, a member of it, or a static field that could hold one.</summary>
    public bool NamesClosure(Instruction instruction) => instruction.Code.OperandType switch
    {
        OperandType.InlineType or OperandType.InlineTok or OperandType.InlineField =>
            method.Module.ResolveMember(instruction.Operand, _types, _ofMethod) switch
            {
                Type type => ClosureUse.IsClosure(type),
                FieldInfo field when ClosureUse.IsClosure(field.FieldType) => true,
                var member => member?.DeclaringType is not { } type || ClosureUse.IsClosure(type),
            },
        _ => false,
    };
}
