using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>The same elements, made once and kept in blocks for all who read them. Put in by the planner, never by users.</summary>
/// <param name="input">What is kept.</param>
/// <param name="asked">The boxes that are read of it: blocks are cut at these, so that no others are made.</param>
/// <param name="pass">0 if it is kept for all; else for one step alone, each with a number of its own.</param>
internal sealed class Hold(ArrayExpression input, Region[] asked, int pass = 0) : ArrayExpression(input.ElementType, input.Chunks, input)
{
    public ArrayExpression Input => Inputs[0];

    public Region[] Asked => asked;

    public override bool IsInBlocks => true;

    public override double CostOf(Func<ArrayExpression, double> input) => Cost.Reading(ElementType);

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) => Alignment.None(Shape.Rank);

    public override string Describe() => pass == 0 ? "keep" : $"keep for pass {pass}";

    /// <summary>By what is kept: it is made by a step of its own, and named no further.</summary>
    public override string DescribeInStep() => Input.Describe();

    public override bool AreInputsNamed(bool isResult) => false;

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Hold(inputs[0], asked, pass);

    public override bool HasSameParameters(ArrayExpression other) => other is Hold hold && hold.Pass == pass && (ReferenceEquals(hold.Asked, asked) || hold.Asked.AsSpan().SequenceEqual(asked));

    public override int ParametersHash => HashCode.Combine(pass, asked.Length);

    private int Pass => pass;
}
