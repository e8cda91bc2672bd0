using System.Reflection;

namespace Tessera.Tests.Frame;

/// <summary>Overloads that differ in their number of arguments only are written by hand; none is missing, and none is beyond four.</summary>
public class OverloadTests
{
    [Theory]
    [InlineData(typeof(Delayed), "Function", 0, "Func TResult", "Func Task", "Func Task<TResult>", "Func ValueTask", "Func ValueTask<TResult>", "Action Void")]
    [InlineData(typeof(Delayed), "Call", 0, "Func TResult", "Func Task", "Func Task<TResult>", "Func ValueTask", "Func ValueTask<TResult>", "Action Void")]
    [InlineData(typeof(WorkerPool), "Apply", 0, "Func TResult", "Action Void")]
    [InlineData(typeof(WorkerPool), "ApplyAsync", 0, "Func TResult", "Func Task", "Func Task<TResult>", "Action Void")]
    [InlineData(typeof(WorkerPool), "Map", 1, "Func TResult")]
    [InlineData(typeof(WorkerPool), "MapLazy", 1, "Func TResult")]
    [InlineData(typeof(WorkerPool), "MapUnordered", 1, "Func TResult")]
    public void Functions_of_every_kind_may_have_up_to_four_arguments(Type type, string name, int fewest, params string[] kinds)
    {
        IEnumerable<(string Kind, int Arguments)> expected = from kind in kinds from count in Enumerable.Range(fewest, 5 - fewest) select (kind, count);
        IEnumerable<(string Kind, int Arguments)> found =
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.Name == name
            let function = method.GetParameters()[0].ParameterType
            where function != typeof(Delegate) // which says what to write instead
            let invoke = function.GetMethod("Invoke")!
            select (KindOf(function, invoke.ReturnType), invoke.GetParameters().Length);
        Assert.Equal(expected.Order(), found.Order());
    }

    private static string KindOf(Type function, Type result) =>
        $"{function.Name.Split('`')[0]} {result.Name.Split('`')[0]}{(result.IsGenericType ? $"<{result.GetGenericArguments()[0].Name}>" : "")}";
}
