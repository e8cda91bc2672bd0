using System.Numerics.Tensors;
using System.Reflection;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Arrays;

/// <summary>Errors name the parameter that the caller wrote.</summary>
public class ArgumentNameTests
{
    private static readonly ChunkedArray<double> X = ChunkedArray.Arange(12.0).Reshape(3, 4);
    private static readonly ChunkedArray<bool> Truth = X > 3;

    public static TheoryData<string, Action> Wrong => new()
    {
        { "axis", () => X.Mean(2) },
        { "axis", () => X.Min(-3) },
        { "axis", () => X.Max(5) },
        { "axis", () => X.ArgMin(2) },
        { "axis", () => X.ArgMax(2) },
        { "axis", () => X.Var(2) },
        { "axis", () => X.Std(2) },
        { "axis", () => X.Sum(2) },
        { "axis", () => X.Prod(2) },
        { "axis", () => X.Cast<byte>().Sum(axis: 7) },
        { "axis", () => X.CountNonZero(2) },
        { "axis", () => Truth.Any(2) },
        { "axis", () => Truth.All(2) },
        { "axes", () => X.Mean(axes: [0, 2]) },
        { "axes", () => X.Sum(axes: [0, 0]) },
        { "axes", () => X.Std(axes: [1, -1]) },
        { "order", () => X.Transpose(0, 2) },
        { "order", () => X.Transpose(0, 0) },
        { "order", () => X.Transpose(0) },
        { "sizes", () => X.Reshape(-1, -1) },
        { "sizes", () => X.Reshape(5, -1) },
        { "sizes", () => X.Reshape(-2, 6) },
        { "sizes", () => X.Reshape(3, 5) },
        { "slices", () => _ = X[3] },
        { "slices", () => _ = X[0, 0, 0] },
        { "slices", () => _ = X[Slice.Ellipsis, Slice.Ellipsis] },
        { "shape", () => X.BroadcastTo([4, 4]) },
        { "shape", () => X.BroadcastTo([12]) },
        { "chunks", () => X.Rechunk([0, 2]) },
        { "chunks", () => X.Rechunk([1, 2, 3]) },
        { "chunks", () => ChunkedArray.From(new double[4], [1, 2]) },
        { "axis", () => ChunkedArray.Concatenate([X, X], axis: 5) },
        { "axis", () => ChunkedArray.Stack([X, X], axis: 5) },
        { "arrays", () => ChunkedArray.Concatenate([X, X[.., 1..]]) },
        { "arrays", () => ChunkedArray.Concatenate([X, null!]) },
        { "arrays", () => ChunkedArray.Concatenate<double>([]) },
        { "arrays", () => ChunkedArray.Stack([null!, X]) },
        { "arrays", () => ChunkedArray.Stack([X, X[1..]]) },
        { "outputs", () => ChunkedArray.SaveAll([ArrayOutput.Of(X, new ArraySink([1, 4])), null!]) },
        { "values", () => Delayed.WhenAll(new[] { Delayed.Value(1), null! }) },
        { "values", () => Delayed.WhenAll(Delayed.Value(1), null!) },
        { "values", () => Delayed.Compute([Delayed.Value(1), null!]) },
        { "values", () => Delayed.ComputeAsync([null!, Delayed.Value(1)]).GetAwaiter().GetResult() },
        { "value2", () => Delayed.Compute(Delayed.Value(1), (Delayed<int>)null!) },
        { "others", () => Delayed.Call(() => 1).After(null!, Delayed.Value(1)) },
        { "Scheduler", () => X.Compute(new ComputeOptions { Scheduler = null! }) },
        { "MemoryBudget", () => X.Compute(new ComputeOptions { MemoryBudget = 0 }) },
        { "left", () => _ = (ChunkedArray<double>)null! + X },
        { "right", () => _ = X * (ChunkedArray<double>)null! },
        { "array", () => _ = -(ChunkedArray<double>)null! },
        { "right", () => _ = X.Max() < null! },
        { "elements", () => ChunkedArray.From(new[] { new[] { 1.0, 2 }, [3] }) },
        { "elements", () => ChunkedArray.From(new[] { new[] { 1.0, 2 }, null! }) },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void An_error_names_the_parameter(string name, Action call)
    {
        ArgumentException failure = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(name, failure.ParamName);
    }

    [Fact]
    public void Two_sizes_that_follow_from_the_others_are_named_as_the_fault() =>
        Assert.Contains("2 sizes are -1", Assert.Throws<ArgumentException>(() => X.Reshape(-1, -1)).Message);

    [Fact]
    public void The_missing_element_of_a_sequence_is_told_by_its_place() =>
        Assert.StartsWith("Array 1 of the sequence, which has 3, is null", Assert.Throws<ArgumentException>(() => ChunkedArray.Stack([X, null!, X])).Message);

    /// <summary>Every reference that a public method of arrays and of delayed values takes, unless it may be null.</summary>
    [Fact]
    public void Null_is_refused_by_the_name_of_the_parameter_that_it_was_given_for()
    {
        var wrong = new List<string>();
        int tried = 0;
        (Type Type, object? Instance)[] all =
        [
            (typeof(ChunkedArray), null), (typeof(ChunkedArray<double>), X), (typeof(LazyScalar<double>), X.Max()), (typeof(Delayed), Delayed.Call(() => 1)),
            (typeof(Delayed<int>), Delayed.Call(() => 1)), (typeof(ArrayOutput), null),
        ];
        foreach ((Type type, object? instance) in all)
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance).Select(Closed).OfType<MethodInfo>())
            {
                ParameterInfo[] parameters = method.GetParameters();
                if (method.IsDefined(typeof(ObsoleteAttribute)) || parameters.Any(parameter => parameter.ParameterType.IsByRefLike || !CanBeGiven(parameter.ParameterType)))
                    continue;
                foreach (ParameterInfo parameter in parameters.Where(MayNotBeNull))
                {
                    tried++;
                    object?[] given = [.. parameters.Select(other => other == parameter ? null : Given(other.ParameterType))];
                    Exception? failure = Record.Exception(() =>
                    {
                        object? made = method.Invoke(method.IsStatic ? null : instance, given);
                        (made as Task)?.GetAwaiter().GetResult();
                    });
                    failure = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
                    if (method.IsSpecialName && failure is NotSupportedException)
                        continue; // the operator isn't for elements of this type
                    if (failure is not ArgumentException argument || (argument.ParamName != parameter.Name && !method.IsSpecialName))
                        wrong.Add($"{type.Name}.{method.Name}({string.Join(", ", parameters.Select(p => $"{p.ParameterType.Name} {p.Name}"))}), {parameter.Name}: {failure?.GetType().Name} {(failure as ArgumentException)?.ParamName}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(tried > 100, $"{tried} were tried.");
    }

    private static MethodInfo? Closed(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
            return method;
        try
        {
            return method.MakeGenericMethod([.. method.GetGenericArguments().Select(_ => typeof(int))]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool MayNotBeNull(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && parameter.ParameterType != typeof(object) && !parameter.IsOptional &&
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull;

    private static bool CanBeGiven(Type type) => type.IsValueType || type == typeof(string) || type == typeof(object) || Given(type) is not null;

    private static object? Given(Type type)
    {
        if (type == typeof(ComputeOptions))
            return new ComputeOptions();
        if (type == typeof(string))
            return "given";
        if (type == typeof(IBlockSink))
            return new ArraySink([1]);
        if (type == typeof(IBlockSource))
            return ArraySource.OfInts([1], [1]);
        if (type == typeof(Shape))
            return Shape.Create([1]);
        if (type.IsArray && type.GetElementType() is { IsValueType: true } element)
            return Array.CreateInstance(element, Enumerable.Repeat(1, type.GetArrayRank()).ToArray());
        if (type == typeof(Array))
            return new int[1];
        if (type == typeof(ChunkedArray<double>))
            return X[0, ..1];
        if (type == typeof(ChunkedArray<int>))
            return ChunkedArray.Arange(1);
        if (type == typeof(ChunkedArray<bool>))
            return Truth[0, ..1];
        if (type == typeof(LazyScalar<double>))
            return X.Max();
        if (type == typeof(LazyScalar<int>))
            return ChunkedArray.Arange(1).Max();
        if (type == typeof(Delayed<int>) || type == typeof(Delayed))
            return Delayed.Value(1);
        if (type == typeof(Tensor<int>))
            return Tensor.Create(new[] { 1 });
        if (type.IsAssignableTo(typeof(Delegate)))
            return type.GetMethod("Invoke")!.ReturnType == typeof(int) ? Function(type) : null;
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private static Delegate? Function(Type type) =>
        type == typeof(Func<int>) ? () => 1 : type == typeof(Func<int, int>) ? (int a) => a : type == typeof(Func<int, int, int>) ? (int a, int b) => a + b : null;
}
