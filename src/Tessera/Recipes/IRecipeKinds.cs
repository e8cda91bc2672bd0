namespace Tessera.Recipes;

/// <summary>An answer for each kind of recipe: how an executor has its elements, say. A kind that is added here compiles once every executor has it.</summary>
internal interface IRecipeKinds<out T>
{
    T Of(SourceRecipe recipe);

    T Of(MemoryRecipe recipe);

    T Of(DeliveredRecipe recipe);

    T Of(BlocksRecipe recipe);

    T Of(ViewRecipe recipe);

    T Of(ConcatenateRecipe recipe);

    T Of(ReshapeRecipe recipe);

    T Of(ElementwiseRecipe recipe);
}
