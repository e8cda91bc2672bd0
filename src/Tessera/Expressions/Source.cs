namespace Tessera.Expressions;

/// <summary>Elements from outside: memory, a file, a formula.</summary>
internal sealed class Source(IBlockSource blocks, ChunkGrid chunks) : ArrayExpression(blocks.ElementType, chunks)
{
    public IBlockSource Blocks { get; } = blocks;

    public override string Describe() => Blocks.Name;

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => this;

    public override bool HasSameParameters(ArrayExpression other) => other is Source source && Blocks.Equals(source.Blocks);

    public override int ParametersHash => Blocks.GetHashCode();
}
