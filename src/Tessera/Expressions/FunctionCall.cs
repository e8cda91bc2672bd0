using System.Runtime.CompilerServices;
using Tessera.Diagnostics;
using Tessera.Kernels;

namespace Tessera.Expressions;

/// <summary>
/// A function called with values and with values yet to be computed. There may be millions of them, so few arguments lie in the object itself.
/// </summary>
internal abstract class FunctionCall(CallLine line) : ValueExpression
{
    public UserFunction Function => line.Function;

    public override string Name => line.Function.Name;

    public override Delegate Code => line.Function.Original;

    /// <summary>The arguments that the function takes, without what it merely comes after.</summary>
    public virtual ReadOnlySpan<object?> OwnArguments => Arguments;

    public override SourceLine Site => line.Site;

    public static FunctionCall Of(CallLine line, object? argument) => new OneArgument(line, argument);

    public static FunctionCall Of(CallLine line, object? argument1, object? argument2) => new TwoArguments(line, argument1, argument2);

    public static FunctionCall Of(CallLine line, params object?[] arguments) =>
        new ManyArguments(line, arguments, arguments.Length);

    /// <summary>The same call, after others whose values it doesn't take.</summary>
    public FunctionCall After(ReadOnlySpan<object?> others) => new ManyArguments(line, [.. Arguments, .. others], OwnArguments.Length);

    /// <summary>The same call with other arguments, of which the first ones are the function's own.</summary>
    public FunctionCall WithArguments(object?[] arguments) => new ManyArguments(line, arguments, OwnArguments.Length);

    private sealed class OneArgument(CallLine line, object? argument) : FunctionCall(line)
    {
        private readonly object? _argument = argument;

        public override ReadOnlySpan<object?> Arguments => new(in _argument);
    }

    private sealed class TwoArguments : FunctionCall
    {
        private readonly Pair _arguments;

        public TwoArguments(CallLine line, object? argument1, object? argument2)
            : base(line) => (_arguments[0], _arguments[1]) = (argument1, argument2);

        public override ReadOnlySpan<object?> Arguments => _arguments;

        [InlineArray(2)]
        private struct Pair
        {
            private object? _first;
        }
    }

    private sealed class ManyArguments(CallLine line, object?[] arguments, int own) : FunctionCall(line)
    {
        public override ReadOnlySpan<object?> Arguments => arguments;

        public override ReadOnlySpan<object?> OwnArguments => arguments.AsSpan(0, own);
    }
}
