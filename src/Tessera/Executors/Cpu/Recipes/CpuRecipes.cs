using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>
/// The recipes of one plan as this process fills tiles by them. What several steps share, or several operators of a tree, is made once, and with it the kernels,
/// which are made when they are first filled: a plan that is only looked at compiles nothing.
/// </summary>
/// <param name="kernels">Makes kernels of programs, by whether they are to be compiled.</param>
internal sealed class CpuRecipes(Func<bool, Func<KernelProgram, Kernel>> kernels) : IRecipeKinds<CpuRecipe>
{
    private readonly Lock _making = new();
    private Dictionary<Recipe, CpuRecipe>? _made; // of recipes with inputs; those without are nothing but where elements lie

    public CpuRecipe Of(Recipe recipe)
    {
        if (recipe.Inputs.IsEmpty)
            return recipe.Accept(this);
        lock (_making)
        {
            if (_made?.GetValueOrDefault(recipe) is { } made)
                return made;
            return Make(recipe);
        }
    }

    /// <summary>How values enter states.</summary>
    public FoldLoop Of(FoldRecipe fold) => new(fold, Of(fold.Inputs), kernels(fold.IsCompiled));

    /// <summary>How states are joined and become results.</summary>
    public StateKernels StatesOf(FoldRecipe fold) => new(fold.Reduction, kernels(fold.IsCompiled));

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(SourceRecipe recipe) => new CpuSource(recipe);

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(MemoryRecipe recipe) => new CpuMemory(recipe);

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(DeliveredRecipe recipe) => new CpuDelivered(recipe);

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(BlocksRecipe recipe) => new CpuBlocks(recipe);

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(ViewRecipe recipe) => new CpuView(recipe, Of(recipe.Input));

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(ConcatenateRecipe recipe) => new CpuConcatenate(recipe, All(recipe.Inputs));

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(ReshapeRecipe recipe) => new CpuReshape(recipe, Of(recipe.Input));

    CpuRecipe IRecipeKinds<CpuRecipe>.Of(ElementwiseRecipe recipe) => new CpuElementwise(recipe, Of(recipe.Fused), kernels(recipe.IsCompiled));

    /// <summary>Inputs before what is made of them, with a stack of its own: chains of a hundred thousand operations are ordinary.</summary>
    private CpuRecipe Make(Recipe root)
    {
        _made ??= new Dictionary<Recipe, CpuRecipe>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Recipe>();
        pending.Push(root);
        while (pending.TryPeek(out Recipe? next))
        {
            int before = pending.Count;
            bool isMade = _made.ContainsKey(next);
            foreach (Recipe input in isMade ? [] : next.Inputs)
            {
                if (!input.Inputs.IsEmpty && !_made.ContainsKey(input))
                    pending.Push(input);
            }

            if (pending.Count > before)
                continue;
            pending.Pop();
            if (!isMade)
                _made.Add(next, next.Accept(this));
        }

        return _made[root];
    }

    private CpuInputs Of(FusedInputs fused) => new(fused, All(fused.Recipes));

    private CpuRecipe[] All(ReadOnlySpan<Recipe> recipes)
    {
        var all = new CpuRecipe[recipes.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = Of(recipes[i]);
        return all;
    }
}
