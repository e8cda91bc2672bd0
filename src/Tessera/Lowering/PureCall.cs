using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>A call of a pure function by what makes it what it is: two that are equal are one task.</summary>
internal sealed class PureCall : IEquatable<PureCall>
{
    private readonly Delegate _function;
    private readonly object?[] _arguments;
    private readonly int _hash;

    /// <param name="call">Whose function is pure.</param>
    /// <param name="one">The call that stands for all that equal an argument.</param>
    public PureCall(FunctionCall call, Func<ValueExpression, ValueExpression> one)
    {
        _function = call.Function.Original;
        _arguments = new object?[call.Arguments.Length];
        var hash = default(HashCode);
        hash.Add(_function);
        for (int i = 0; i < _arguments.Length; i++)
        {
            _arguments[i] = call.Arguments[i] switch
            {
                Data data => Identity(data.Value),
                ValueExpression value => one(value),
                _ => Identity(call.Arguments[i]),
            };
            hash.Add(_arguments[i]);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>Numbers that are equal and yet not the same, 0 and -0, 1.0m and 1.00m, are told apart; NaN is itself.</summary>
    private static object? Identity(object? value) => value switch
    {
        double number => (typeof(double), BitConverter.DoubleToInt64Bits(number)),
        float number => (typeof(float), BitConverter.SingleToInt32Bits(number)),
        Half number => (typeof(Half), BitConverter.HalfToInt16Bits(number)),
        decimal number => (number, number.Scale),
        _ => value,
    };

    public bool Equals(PureCall? other) => other is not null && _function.Equals(other._function) && _arguments.AsSpan().SequenceEqual(other._arguments);

    public override bool Equals(object? obj) => Equals(obj as PureCall);

    public override int GetHashCode() => _hash;
}
