using Tessera.Executors;
using Tessera.Geometry;
using Tessera.Recipes;

namespace Tessera.Tests.PlainExecution;

/// <summary>The elements of a recipe over a region, dense in C order, in an array of their own.</summary>
internal sealed class PlainElements(TaskContext context) : IRecipeKinds<Func<Region, byte[]>>
{
    public byte[] Of(Recipe recipe, Region region) => region.Length == 0 ? [] : recipe.Accept(this)(region);

    public Func<Region, byte[]> Of(SourceRecipe recipe) => region => Read(recipe.Source, region);

    public Func<Region, byte[]> Of(MemoryRecipe recipe) => region => Read(recipe.Source, region);

    public Func<Region, byte[]> Of(DeliveredRecipe recipe) => region => Read(recipe.Values.ElementsOf(recipe.Call), region);

    public unsafe Func<Region, byte[]> Of(BlocksRecipe recipe) => region =>
    {
        ChunkGrid grid = recipe.Output.Grid;
        return Each(region, recipe.ElementType.Size, index =>
        {
            long block = 0;
            for (int axis = 0; axis < index.Length; axis++)
                block = (block * grid[axis].Count) + grid[axis].IndexOf(index[axis]);
            Region cell = grid.RegionOf(block);
            var elements = new ReadOnlySpan<byte>((void*)context.Blocks.AddressOf(recipe.Output, block), (int)(cell.Length * recipe.ElementType.Size));
            return elements.Slice((int)Places.Of(index, cell) * recipe.ElementType.Size, recipe.ElementType.Size).ToArray();
        });
    };

    /// <summary>Where it steps over elements, each by itself: a task reads none of those between.</summary>
    public Func<Region, byte[]> Of(ViewRecipe recipe) => region =>
    {
        int stepping = Enumerable.Range(0, region.Rank).FirstOrDefault(axis => region.Extent[axis] > 1 && StepsAlong(recipe, axis), -1);
        return stepping >= 0 ? Slices(region, stepping, recipe.ElementType.Size, slice => Of(recipe, slice)) : Seen(recipe, region);
    };

    public Func<Region, byte[]> Of(ConcatenateRecipe recipe) => region =>
    {
        var parts = new Dictionary<int, (Region Region, byte[] Elements)>();
        return Each(region, recipe.ElementType.Size, index =>
        {
            int part = recipe.Along.IndexOf(index[recipe.Axis]);
            if (!parts.TryGetValue(part, out var taken))
            {
                Region inside = Within(recipe, region, part);
                parts.Add(part, taken = (inside, Of(recipe.Inputs[part], inside)));
            }

            long[] at = [.. index];
            at[recipe.Axis] -= recipe.Along.StartOf(part);
            return taken.Elements.AsSpan((int)Places.Of(at, taken.Region) * recipe.ElementType.Size, recipe.ElementType.Size);
        });
    };

    /// <summary>Neighbours along the last axes of both shapes at a time.</summary>
    public Func<Region, byte[]> Of(ReshapeRecipe recipe) => region =>
    {
        var elements = new List<byte>();
        (Region whole, Shape from) = (new Region(recipe.Shape), recipe.Input.Shape);
        long[] strides = from.DenseStrides();
        long row = region.Rank == 0 ? 1 : region.Extent[^1];
        foreach (ReadOnlySpan<long> index in region.Indices())
        {
            if (region.Rank > 0 && index[^1] > region.Start[^1])
                continue; // of a row that has been taken
            long first = Places.Of(index, whole);
            for (long at = first, end = first + row; at < end;)
            {
                (long[] start, long[] size) = (new long[from.Rank], new long[from.Rank]);
                for (int axis = 0; axis < from.Rank; axis++)
                    (start[axis], size[axis]) = (at / strides[axis] % from[axis], 1);
                long together = from.Rank == 0 ? 1 : size[^1] = Math.Min(end - at, from[^1] - start[^1]);
                elements.AddRange(Of(recipe.Input, new Region(start, Shape.Create(size))));
                at += together;
            }
        }

        return [.. elements];
    };

    public Func<Region, byte[]> Of(ElementwiseRecipe recipe) => region => new PlainRows(this, recipe.Fused, region).Stored(recipe.Fused.Program);

    private byte[] Read(IBlockSource source, Region region)
    {
        var elements = new byte[region.Length * source.ElementType.Size];
        source.Read(region, elements, context.Cancellation);
        return elements;
    }

    private static bool StepsAlong(ViewRecipe recipe, int axis)
    {
        foreach (AxisMap along in recipe.Map.Axes)
        {
            if (along.Axis == axis && Math.Abs(along.Step) > 1)
                return true;
        }

        return false;
    }

    private byte[] Seen(ViewRecipe recipe, Region region)
    {
        Region box = recipe.Map.Box(region);
        byte[] seen = Of(recipe.Input, box);
        var at = new long[box.Rank];
        return Each(region, recipe.ElementType.Size, index =>
        {
            for (int axis = 0; axis < at.Length; axis++)
            {
                AxisMap along = recipe.Map.Axes[axis];
                at[axis] = along.Offset + (along.Axis < 0 ? 0 : along.Step * index[along.Axis]);
            }

            return seen.AsSpan((int)Places.Of(at, box) * recipe.ElementType.Size, recipe.ElementType.Size);
        });
    }

    /// <summary>A region put together from slices, each of one index of an axis.</summary>
    private static byte[] Slices(Region region, int axis, int size, Func<Region, byte[]> elementsOf)
    {
        var slices = new (Region Region, byte[] Elements)[region.Extent[axis]];
        for (int i = 0; i < slices.Length; i++)
        {
            long[] start = region.Start.ToArray(), extent = region.Extent.ToArray();
            (start[axis], extent[axis]) = (start[axis] + i, 1);
            var slice = new Region(start, Shape.Create(extent));
            slices[i] = (slice, elementsOf(slice));
        }

        return Each(region, size, index =>
        {
            (Region slice, byte[] elements) = slices[index[axis] - region.Start[axis]];
            return elements.AsSpan((int)Places.Of(index, slice) * size, size);
        });
    }

    private static Region Within(ConcatenateRecipe recipe, Region region, int part)
    {
        long[] start = region.Start.ToArray(), size = region.Extent.ToArray();
        long from = Math.Max(region.Start[recipe.Axis], recipe.Along.StartOf(part)), to = Math.Min(region.End(recipe.Axis), recipe.Along.EndOf(part));
        (start[recipe.Axis], size[recipe.Axis]) = (from - recipe.Along.StartOf(part), to - from);
        return new Region(start, Shape.Create(size));
    }

    private delegate ReadOnlySpan<byte> ElementOf(ReadOnlySpan<long> index);

    private static byte[] Each(Region region, int size, ElementOf elementOf)
    {
        var elements = new byte[region.Length * size];
        int at = 0;
        foreach (ReadOnlySpan<long> index in region.Indices())
        {
            elementOf(index).CopyTo(elements.AsSpan(at, size));
            at += size;
        }

        return elements;
    }
}
