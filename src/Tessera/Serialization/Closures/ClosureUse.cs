using System.Reflection;
using System.Runtime.Serialization;

namespace Tessera.Serialization;

/// <summary>
/// Follows closures through methods: from a function to all code that it can hand its closure to, and collects the fields of closures
/// that this code touches.
/// </summary>
/// <remarks>
/// People's code can't name a closure's type, so in what the compiler makes a closure lies only in variables, parameters and fields of just
/// that type. All these are followed by their types, and a closure that gets anywhere else has escaped. In
/// <code>
/// int k = 3; double[] huge = ...;
/// n => values.Select(m => m + k).Sum()      closure 0: values, k, huge
/// </code>
/// the function loads its closure to read <c>values</c>, and again to make a delegate of the inner lambda, which reads <c>k</c>.
/// </remarks>
internal sealed class ClosureUse
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Numbers in a short list, for the platform has compiled code for these: the first call is the one that somebody waits for.</summary>
    private readonly List<int> _fields = [];

    private readonly Module _module;
    private readonly Queue<MethodBase> _left = [];

    /// <summary>Methods by their definition, for a generic one can call itself with ever larger types.</summary>
    private readonly List<int> _seen = [];

    private ClosureUse(Module module) => _module = module;

    /// <summary>The fields of closures that a method of a closure may touch, all of its module; null where the closure may escape.</summary>
    public static int[]? Of(MethodInfo method)
    {
        var use = new ClosureUse(method.Module);
        use.Follow(method);
        while (use._left.TryDequeue(out MethodBase? next))
        {
            if (!BodyWalk.IsShown(next, use))
                return null;
        }
        return use._fields.ToArray();
    }

    /// <summary>True for a closure, a reference to one, and what else is made of its type.</summary>
    public static bool IsClosure(Type type)
    {
        while (type.HasElementType)
            type = type.GetElementType()!;
        return MemberName.HoldsVariables(type);
    }

    public void Touch(FieldInfo field) => AddTo(_fields, field);

    /// <summary>True where a method can be given a closure; then it is looked into as well.</summary>
    public bool Follow(MethodBase method)
    {
        bool takes = !method.IsStatic && IsClosure(method.DeclaringType!)
            || Array.Exists(method.GetParameters(), parameter => IsClosure(parameter.ParameterType));
        if (takes)
            Add(method);
        return takes;
    }

    /// <summary>Looks into all methods of a state machine, which a closure was stored in; false for any other class.</summary>
    public bool FollowAll(Type machine)
    {
        if (!machine.Name.StartsWith('<') || !MemberName.IsMadeByCompiler(machine))
            return false;
        foreach (MethodInfo method in machine.GetMethods(Declared))
            Add(method);
        foreach (ConstructorInfo constructor in machine.GetConstructors(Declared))
            Add(constructor);
        return true;
    }

    private void Add(MethodBase method)
    {
        if (AddTo(_seen, method))
            _left.Enqueue(method);
    }

    private bool AddTo(List<int> tokens, MemberInfo member)
    {
        if (member.Module != _module)
            throw new SerializationException("A closure gets to code of another module, which no compiler does.");
        if (tokens.Contains(member.MetadataToken))
            return false;
        tokens.Add(member.MetadataToken);
        return true;
    }
}
