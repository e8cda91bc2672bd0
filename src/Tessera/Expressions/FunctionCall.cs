using System.Runtime.CompilerServices;
using Tessera.Diagnostics;
using Tessera.Kernels;

namespace Tessera.Expressions;

/// <summary>
/// A function called with values and with values yet to be computed. There may be millions of them, so few arguments lie in the object itself.
/// </summary>
internal abstract class FunctionCall(UserFunction function, SourceLine site) : ValueExpression
{
    public UserFunction Function => function;

    public override string Name => function.Name;

    /// <summary>The arguments that the function takes, without what it merely comes after.</summary>
    public virtual ReadOnlySpan<object?> OwnArguments => Arguments;

    public override SourceLine Site => site;

    public static FunctionCall Of(UserFunction function, SourceLine site, object? argument) => new OneArgument(function, site, argument);

    public static FunctionCall Of(UserFunction function, SourceLine site, object? argument1, object? argument2) => new TwoArguments(function, site, argument1, argument2);

    public static FunctionCall Of(UserFunction function, SourceLine site, params object?[] arguments) =>
        new ManyArguments(function, site, arguments, arguments.Length);

    /// <summary>The same call, after others whose values it doesn't take.</summary>
    public FunctionCall After(ReadOnlySpan<object?> others) => new ManyArguments(function, site, [.. Arguments, .. others], OwnArguments.Length);

    private sealed class OneArgument(UserFunction function, SourceLine site, object? argument) : FunctionCall(function, site)
    {
        private readonly object? _argument = argument;

        public override ReadOnlySpan<object?> Arguments => new(in _argument);
    }

    private sealed class TwoArguments : FunctionCall
    {
        private readonly Pair _arguments;

        public TwoArguments(UserFunction function, SourceLine site, object? argument1, object? argument2)
            : base(function, site) => (_arguments[0], _arguments[1]) = (argument1, argument2);

        public override ReadOnlySpan<object?> Arguments => _arguments;

        [InlineArray(2)]
        private struct Pair
        {
            private object? _first;
        }
    }

    private sealed class ManyArguments(UserFunction function, SourceLine site, object?[] arguments, int own) : FunctionCall(function, site)
    {
        public override ReadOnlySpan<object?> Arguments => arguments;

        public override ReadOnlySpan<object?> OwnArguments => arguments.AsSpan(0, own);
    }
}
