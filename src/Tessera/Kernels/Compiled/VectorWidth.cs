using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace Tessera.Kernels;

/// <summary>
/// Vectors of one width. <see cref="Vector128"/>, <see cref="Vector256"/> and <see cref="Vector512"/> have methods of the same names, so
/// a kernel is emitted once, by name, and compiled for any of the three.
/// </summary>
internal sealed class VectorWidth
{
    private readonly Type _vector;
    private readonly Type _methods;
    private readonly ConcurrentDictionary<(string Name, Type First, Type? Second), MethodInfo> _found = [];

    private VectorWidth(int bytes, Type methods, Type vector)
    {
        Bytes = bytes;
        _vector = vector;
        _methods = methods;
    }

    public static VectorWidth Bits128 { get; } = new(16, typeof(Vector128), typeof(Vector128<>));

    public static VectorWidth Bits256 { get; } = new(32, typeof(Vector256), typeof(Vector256<>));

    public static VectorWidth Bits512 { get; } = new(64, typeof(Vector512), typeof(Vector512<>));

    /// <summary>The widest that this machine's instructions serve.</summary>
    public static VectorWidth Widest { get; } =
        Vector512.IsHardwareAccelerated ? Bits512 : Vector256.IsHardwareAccelerated ? Bits256 : Bits128;

    public int Bytes { get; }

    public Type VectorOf(ElementType type) => _vector.MakeGenericType(type.Lanes.ClrType);

    /// <summary>Calls a method by name with vectors, or a vector and plain values.</summary>
    public MethodCallExpression Call(string method, params Expression[] arguments) =>
        Expression.Call(Find(method, arguments), arguments);

    /// <summary>The same bits as elements of another type.</summary>
    public Expression As(Expression vector, ElementType type)
    {
        (Type from, Type to) = (vector.Type.GenericTypeArguments[0], type.Lanes.ClrType);
        return from == to
            ? vector
            : Expression.Call(_found.GetOrAdd(("As", from, to), _ => Named("As").Single().MakeGenericMethod(from, to)), vector);
    }

    public MethodCallExpression Zero(ElementType type) => Broadcast(Expression.Default(type.ClrType));

    public MethodCallExpression One(ElementType type) => Broadcast(Expression.Constant(Convert.ChangeType(1, type.ClrType)));

    public MethodCallExpression Broadcast(Expression scalar) => Call("Create", scalar);

    private MethodInfo Find(string name, Expression[] arguments) =>
        _found.GetOrAdd((name, arguments[0].Type, arguments.Length > 1 ? arguments[1].Type : null), _ =>
        {
            Type[] types = [.. arguments.Select(argument => argument.Type)];
            Type element = types[0].IsGenericType ? types[0].GenericTypeArguments[0] : types[0];
            return Named(name)
                .Where(method => method.GetGenericArguments().Length < 2 && method.GetParameters().Length == types.Length)
                .Select(method => method.IsGenericMethod ? method.MakeGenericMethod(element) : method)
                .First(method => method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(types));
        });

    private IEnumerable<MethodInfo> Named(string name) =>
        _methods.GetMember(name, MemberTypes.Method, BindingFlags.Public | BindingFlags.Static).Cast<MethodInfo>();
}
