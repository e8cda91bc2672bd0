using Tessera.Diagnostics;

namespace Tessera.Expressions;

/// <summary>
/// What a delayed value is: a call of a function, an array's elements, a plain value. Immutable, not generic, cheap to make. The kinds:
/// <see cref="Data"/>, <see cref="FunctionCall"/>, <see cref="Bind"/>, <see cref="ArrayValue"/> and <see cref="RunToken"/>; in worker processes also
/// <see cref="ParentCall"/>. Arrays over delayed values are <see cref="Delivered"/>.
/// </summary>
internal abstract class ValueExpression
{
    [NonSerialized]
    private long _note;

    /// <summary>What it is, for plans, messages and pictures.</summary>
    public abstract string Name { get; }

    /// <summary>What it is for the text of a plan, which is the same in all processes.</summary>
    public virtual string PlanText => Name;

    /// <summary>What must be known before: values as they are, and, for those yet to be computed, their expressions.</summary>
    public virtual ReadOnlySpan<object?> Arguments => [];

    /// <summary>The function that makes the value of its arguments, if it is one.</summary>
    public virtual Delegate? Code => null;

    /// <summary>Where in the user's program it was written, if that is known.</summary>
    public virtual SourceLine Site => SourceLine.Unknown;

    /// <summary>
    /// Room for whoever numbers the values of a graph, which would otherwise need a table of millions of them. No part of what the value is, and to
    /// nobody else of any meaning: only who has the right to, one at a time, may read and write it.
    /// </summary>
    public ref long Note => ref _note;
}
