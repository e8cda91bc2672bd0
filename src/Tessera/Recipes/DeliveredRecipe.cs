namespace Tessera.Recipes;

/// <summary>
/// Elements that a call has put into memory by the time that they are needed. They come whole: a task that needs a part of them waits for all,
/// so that tasks are best cut where they begin and end.
/// </summary>
internal sealed class DeliveredRecipe(ValuesOutput values, int call, ElementType elementType, Shape shape) : Recipe(elementType, shape)
{
    /// <summary>The values of all calls.</summary>
    public ValuesOutput Values => values;

    /// <summary>The call that gives the elements.</summary>
    public int Call => call;

    public override Alignment Alignment => Alignment.None(Shape.Rank);

    public override Alignment CellAlignment => Alignment.Of(Shape, Shape);

    public override bool IsDelivered => true;

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor) => visitor.Value(values, call);
}
