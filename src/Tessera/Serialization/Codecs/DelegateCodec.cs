using System.Reflection;

namespace Tessera.Serialization;

/// <summary>
/// Functions: the method by its place in its module, and the object that it is called on, which holds what a lambda has captured. A
/// delegate of several functions is the list of them.
/// </summary>
internal sealed class DelegateCodec(Type type) : ObjectCodec
{
    public override void Announce(MessageWriter writer, object value)
    {
        var function = (Delegate)value;
        if (!function.HasSingleTarget)
        {
            Delegate[] parts = function.GetInvocationList();
            writer.WriteNumber((uint)parts.Length);
            foreach (Delegate part in parts)
                writer.WriteReference(part);
            return;
        }
        MethodInfo method = function.Method;
        if (method.DeclaringType is null)
            writer.Refuse(type, Refusals.EmittedCode); // a dynamic method, or an expression that was compiled to one
        if (function.Target is null && typeof(Delegate).IsAssignableFrom(method.DeclaringType))
            writer.Refuse(type, Refusals.Pointer); // native code behind a delegate
        writer.WriteNumber(1);
        MethodCodec.Write(writer, method);
        if (function.Target is Delegate inner)
            DeepStack.Run(() => writer.WriteReference(inner));
        else
            writer.WriteReference(function.Target, function.Target is null ? UsedVariables.All : UsedOf(function.Target, method));
    }

    private static UsedVariables UsedOf(object target, MethodInfo method) =>
        MemberName.HoldsVariables(target.GetType()) ? UsedVariables.Of(method) : UsedVariables.All;

    public override object Allocate(MessageReader reader)
    {
        uint parts = reader.ReadNumber();
        if (parts > 1)
        {
            var list = new Delegate[parts];
            for (int i = 0; i < list.Length; i++)
                list[i] = (Delegate)reader.ReadReference()!;
            return Delegate.Combine(list)!;
        }
        var method = (MethodInfo)MethodCodec.Read(reader);
        object? target = ReadTarget(reader, method);
        var function = Delegate.CreateDelegate(type, target, method);
        if (!method.IsVirtual || function.Method == method)
            return function;
        // base.Method as a function: reflection takes the override instead, so the delegate is made of what a compiler would give it
        return type.GetConstructors()[0].Invoke([target, method.MethodHandle.GetFunctionPointer()]);
    }

    /// <summary>Only functions over functions nest.</summary>
    private static object? ReadTarget(MessageReader reader, MethodInfo method)
    {
        if (!typeof(Delegate).IsAssignableFrom(method.IsStatic ? method.GetParameters().FirstOrDefault()?.ParameterType : method.DeclaringType))
            return reader.ReadReference();
        object? target = null;
        DeepStack.Run(() => target = reader.ReadReference());
        return target;
    }
}
