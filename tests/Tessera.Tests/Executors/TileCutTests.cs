using Tessera.Executors;
using Tessera.Recipes;
using Tessera.Tests.Recipes;

namespace Tessera.Tests.Executors;

/// <summary>How a task's region becomes tiles.</summary>
public class TileCutTests
{
    [Fact]
    public void Tiles_hold_every_element_of_a_region_once_and_are_cut_at_good_places()
    {
        var random = new Random(1);
        for (int turn = 0; turn < 1000; turn++)
        {
            (Region region, Alignment alignment, int[] order) = Any(random);
            long[] extent = BoxExtent.Of(region.Extent, alignment, random.Next(1, 400));
            var met = new HashSet<(long, long, long)>();
            foreach (Region tile in TileCut.Tiles(region, alignment, extent, order))
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    Assert.InRange(tile.Extent[axis], 1, extent[axis]);
                    Assert.True(tile.Start[axis] == region.Start[axis] || (tile.Start[axis] - alignment.Phases[axis]) % alignment.Sizes[axis] == 0);
                }

                for (long i = tile.Start[0]; i < tile.End(0); i++)
                {
                    for (long j = tile.Start[1]; j < tile.End(1); j++)
                    {
                        for (long k = tile.Start[2]; k < tile.End(2); k++)
                            Assert.True(met.Add((i, j, k)), $"({i}, {j}, {k}) is in two tiles");
                    }
                }
            }

            Assert.Equal(region.Length, met.Count);
        }
    }

    [Fact]
    public void The_first_axis_of_the_order_changes_last()
    {
        Region[] tiles = [.. TileCut.Tiles(new Region([4, 6]), Alignment.None(2), [2, 3], [1, 0])];
        Assert.Equal(["[0..2, 0..3]", "[2..4, 0..3]", "[0..2, 3..6]", "[2..4, 3..6]"], tiles.Select(tile => tile.ToString()));
    }

    private static (Region Region, Alignment Alignment, int[] Order) Any(Random random)
    {
        long[] start = [random.Next(40), random.Next(40), random.Next(40)];
        Shape extent = [random.Next(1, 12), random.Next(1, 14), random.Next(1, 40)];
        int[] order = [0, 1, 2];
        random.Shuffle(order);
        return (new Region(start, extent), AlignmentTests.Any(random, 3), order);
    }
}
