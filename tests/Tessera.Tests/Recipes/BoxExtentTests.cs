using Tessera.Recipes;

namespace Tessera.Tests.Recipes;

/// <summary>How large the boxes are into which a region is cut.</summary>
public class BoxExtentTests
{
    [Fact]
    public void A_box_has_no_more_elements_than_it_may_unless_one_unit_has()
    {
        var random = new Random(2);
        for (int turn = 0; turn < 5000; turn++)
        {
            (Shape extent, Alignment alignment) = (Any(random), AlignmentTests.Any(random, 3));
            long elements = random.Next(1, 3000), unit = 1;
            for (int axis = 0; axis < 3; axis++)
                unit *= Math.Clamp(extent[axis], 1, alignment.Sizes[axis]);
            long box = Length(BoxExtent.Of(extent, alignment, elements));
            Assert.InRange(box, 1, Math.Max(elements, unit));
        }
    }

    /// <summary>Results are the elements along the axes that are kept.</summary>
    [Fact]
    public void A_box_has_no_more_results_than_it_may_unless_one_unit_has()
    {
        var random = new Random(3);
        for (int turn = 0; turn < 5000; turn++)
        {
            (Shape extent, Alignment alignment) = (Any(random), AlignmentTests.Any(random, 3));
            bool[] reduced = [random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0];
            long results = random.Next(1, 300), unit = 1, boxResults = 1;
            long[] box = BoxExtent.Of(extent, alignment, 100_000, results, reduced);
            for (int axis = 0; axis < 3; axis++)
            {
                unit *= reduced[axis] ? 1 : Math.Clamp(extent[axis], 1, alignment.Sizes[axis]);
                boxResults *= reduced[axis] ? 1 : box[axis];
            }

            Assert.InRange(boxResults, 1, Math.Max(results, unit));
        }
    }

    private static Shape Any(Random random) => [random.Next(1, 12), random.Next(1, 14), random.Next(1, 40)];

    private static long Length(long[] sizes) => sizes.Aggregate(1L, (length, size) => length * size);
}
