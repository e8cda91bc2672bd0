using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Tessera.Serialization;

/// <summary>
/// Reads the IL of one method, and checks each place that a closure gets to. Operations that aren't listed may do anything but take a
/// closure.
/// </summary>
internal sealed class BodyWalk
{
    private readonly ClosureUse _use;
    private readonly byte[] _il;
    private readonly Tokens _tokens;
    private readonly Type[] _arguments;
    private readonly Type[] _variables;
    private readonly ValueStack _stack = new();
    private bool _isShown = true;

    private BodyWalk(MethodBase method, MethodBody body, ClosureUse use)
    {
        (_use, _il, _tokens) = (use, body.GetILAsByteArray()!, new Tokens(method));
        Type[] parameters = Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);
        _arguments = method.IsStatic ? parameters : [method.DeclaringType!, .. parameters];
        _variables = new Type[body.LocalVariables.Count];
        foreach (LocalVariableInfo variable in body.LocalVariables)
            _variables[variable.LocalIndex] = variable.LocalType;
        foreach (ExceptionHandlingClause clause in body.ExceptionHandlingClauses)
            Expect(clause);
    }

    /// <summary>False where a closure that the method is given or makes may escape.</summary>
    public static bool IsShown(MethodBase method, ClosureUse use) =>
        method.GetMethodBody() is { } body && new BodyWalk(method, body, use).Walk();

    private static ValueKind KindOf(Type type) => ClosureUse.IsClosure(type) ? ValueKind.Closure : ValueKind.Other;

    private void Expect(ExceptionHandlingClause clause)
    {
        if (clause.Flags is ExceptionHandlingClauseOptions.Finally or ExceptionHandlingClauseOptions.Fault)
            return;
        _stack.Expect(clause.HandlerOffset, ValueKind.Other);
        if (clause.Flags == ExceptionHandlingClauseOptions.Filter)
            _stack.Expect(clause.FilterOffset, ValueKind.Other);
    }

    private bool Walk()
    {
        for (int place = 0; place < _il.Length && _isShown && _stack.IsSound;)
        {
            _stack.Arrive(place);
            var instruction = Instruction.At(_il, place);
            Step(instruction, place);
            place = instruction.Next;
        }
        return _isShown && _stack.IsSound;
    }

    private void Step(Instruction instruction, int place)
    {
        int operand = instruction.Operand, operation = instruction.Operation;
        switch (operation)
        {
            case >= (int)ILOpCode.Ldarg_0 and <= (int)ILOpCode.Ldarg_3:
                _stack.Push(KindOf(_arguments[operation - (int)ILOpCode.Ldarg_0]));
                break;
            case (int)ILOpCode.Ldarg_s or (int)ILOpCode.Ldarg:
                _stack.Push(KindOf(_arguments[operand]));
                break;
            case (int)ILOpCode.Starg_s or (int)ILOpCode.Starg:
                Store(_arguments[operand]);
                break;
            case (int)ILOpCode.Ldarga_s or (int)ILOpCode.Ldarga:
                LoadAddress(_arguments[operand]);
                break;
            case >= (int)ILOpCode.Ldloc_0 and <= (int)ILOpCode.Ldloc_3:
                _stack.Push(KindOf(_variables[operation - (int)ILOpCode.Ldloc_0]));
                break;
            case (int)ILOpCode.Ldloc_s or (int)ILOpCode.Ldloc:
                _stack.Push(KindOf(_variables[operand]));
                break;
            case >= (int)ILOpCode.Stloc_0 and <= (int)ILOpCode.Stloc_3:
                Store(_variables[operation - (int)ILOpCode.Stloc_0]);
                break;
            case (int)ILOpCode.Stloc_s or (int)ILOpCode.Stloc:
                Store(_variables[operand]);
                break;
            case (int)ILOpCode.Ldloca_s or (int)ILOpCode.Ldloca:
                LoadAddress(_variables[operand]);
                break;
            case (int)ILOpCode.Dup:
                ValueKind value = _stack.Pop();
                _stack.Push(value);
                _stack.Push(value);
                break;
            case (int)ILOpCode.Pop or (int)ILOpCode.Initobj:
                _stack.Pop();
                break;
            case (int)ILOpCode.Ldfld:
                _stack.Push(KindOf(FieldOfObject(operand).FieldType));
                break;
            case (int)ILOpCode.Ldflda:
                LoadAddress(FieldOfObject(operand).FieldType);
                break;
            case (int)ILOpCode.Stfld:
                StoreField(operand);
                break;
            case (int)ILOpCode.Ldftn:
                _stack.Push(_use.Follow(_tokens.Method(operand)) ? ValueKind.Followed : ValueKind.Other);
                break;
            case (int)ILOpCode.Call or (int)ILOpCode.Callvirt:
                Call(_tokens.Method(operand));
                break;
            case (int)ILOpCode.Newobj:
                Make(_tokens.Method(operand));
                break;
            case (int)ILOpCode.Ret:
                Require(!_stack.HasClosure && _stack.Count <= 1);
                _stack.Leave();
                break;
            default:
                StepOther(instruction, place);
                break;
        }
    }

    private void StepOther(Instruction instruction, int place)
    {
        OpCode code = instruction.Code;
        Require(instruction.Taken >= 0 && instruction.Given >= 0 && instruction.Operation != (int)ILOpCode.Jmp);
        Require(!_tokens.NamesClosure(instruction));
        for (int i = 0; i < instruction.Taken; i++)
            Require(_stack.Pop() != ValueKind.Closure);
        for (int i = 0; i < instruction.Given; i++)
            _stack.Push(ValueKind.Other);
        if (instruction.Operation is (int)ILOpCode.Leave or (int)ILOpCode.Leave_s)
            _stack.Clear();
        if (code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget)
            _stack.Jump(place, instruction.Operand);
        for (int i = 0; code.OperandType == OperandType.InlineSwitch && i < instruction.Operand; i++)
            _stack.Jump(place, instruction.Case(_il, i));
        if (code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
            _stack.Leave();
    }

    /// <summary>A closure that is a struct is passed by its address; a reference to another could be read and written through it.</summary>
    private void LoadAddress(Type type)
    {
        Require(KindOf(type) == ValueKind.Other || type.IsValueType);
        _stack.Push(KindOf(type));
    }

    private void Store(Type type) => Require(_stack.Pop() != ValueKind.Closure || ClosureUse.IsClosure(type));

    private FieldInfo FieldOfObject(int token)
    {
        FieldInfo field = _tokens.Field(token);
        bool isVariable = ClosureUse.IsClosure(field.DeclaringType!);
        Require(_stack.Pop() != ValueKind.Closure || isVariable);
        if (isVariable)
            _use.Touch(field);
        return field;
    }

    private void StoreField(int token)
    {
        ValueKind value = _stack.Pop();
        FieldInfo field = FieldOfObject(token);
        if (value != ValueKind.Closure)
            return;
        Require(ClosureUse.IsClosure(field.FieldType));
        if (!ClosureUse.IsClosure(field.DeclaringType!))
            Require(_use.FollowAll(field.DeclaringType!));
    }

    private void Call(MethodBase method)
    {
        bool isFollowed = TakeArguments(method);
        if (!method.IsStatic && _stack.Pop() == ValueKind.Closure)
            Require(isFollowed && ClosureUse.IsClosure(method.DeclaringType!));
        if (method is MethodInfo { ReturnType: var result } && result != typeof(void))
        {
            Require(!ClosureUse.IsClosure(result));
            _stack.Push(ValueKind.Other);
        }
    }

    private void Make(MethodBase constructor)
    {
        Type type = constructor.DeclaringType!;
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            ValueKind function = _stack.Pop();
            Require(_stack.Pop() != ValueKind.Closure || function == ValueKind.Followed);
            Require(function != ValueKind.Closure);
            _stack.Push(ValueKind.Other);
            return;
        }
        foreach (ParameterInfo _ in constructor.GetParameters())
            Require(_stack.Pop() != ValueKind.Closure);
        _stack.Push(KindOf(type)); // a closure's own constructor does nothing
    }

    private bool TakeArguments(MethodBase method)
    {
        Require((method.CallingConvention & CallingConventions.VarArgs) == 0);
        bool isFollowed = _use.Follow(method);
        ParameterInfo[] parameters = method.GetParameters();
        for (int i = parameters.Length - 1; i >= 0; i--)
            Require(_stack.Pop() != ValueKind.Closure || isFollowed && ClosureUse.IsClosure(parameters[i].ParameterType));
        return isFollowed;
    }

    private void Require(bool condition) => _isShown &= condition;
}
