using Tessera.Geometry;
using Tessera.Recipes;

namespace Tessera.Tests.Recipes;

/// <summary>Where arrays are best cut: what is said of one axis is held against a walk over each of its elements.</summary>
public class AlignmentTests
{
    [Fact]
    public void An_axis_is_cut_once_everywhere_and_at_good_places_alone()
    {
        var random = new Random(1);
        for (int turn = 0; turn < 5000; turn++)
        {
            Alignment alignment = Any(random, rank: 1);
            (long unit, long phase) = (alignment.Sizes[0], alignment.Phases[0]);
            long length = random.Next(0, 200), size = random.Next(1, 60);
            AxisGrid cut = alignment.Cut(0, length, size);

            Assert.Equal(length, cut.Length);
            Assert.Equal(length, cut.Sum());
            for (int piece = 1; piece < cut.Count; piece++)
                Assert.Equal(0, (cut.StartOf(piece) - phase) % unit);
            Assert.All(cut, piece => Assert.InRange(piece, length == 0 ? 0 : 1, Math.Max(size, unit)));
        }
    }

    /// <summary>Where pieces are of whole units, as tiles are.</summary>
    [Fact]
    public void Tiles_that_go_on_from_one_another_end_where_an_axis_is_cut()
    {
        var random = new Random(2);
        for (int turn = 0; turn < 5000; turn++)
        {
            Alignment alignment = Any(random, rank: 1);
            long length = random.Next(1, 200), size = alignment.Sizes[0] * random.Next(1, 5), position = 0;
            foreach (long piece in alignment.Cut(0, length, size))
            {
                Assert.Equal(position + piece, alignment.Next(0, position, size, length));
                position += piece;
            }
        }
    }

    [Fact]
    public void The_coarser_of_two_is_taken_along_each_axis()
    {
        var random = new Random(3);
        for (int turn = 0; turn < 2000; turn++)
        {
            Alignment a = Any(random, rank: 3), b = Any(random, rank: 3), c = Any(random, rank: 3);
            Same(a, a.Join(a));
            Same(a, a.Join(Alignment.None(3)));
            Same(a, Alignment.None(3).Join(a));
            Same(a.Join(b).Join(c), a.Join(b.Join(c)));
            Assert.Equal(a.Sizes.Zip(b.Sizes, Math.Max), a.Join(b).Sizes);
        }

        static void Same(Alignment expected, Alignment actual)
        {
            Assert.Equal(expected.Sizes, actual.Sizes);
            Assert.Equal(expected.Phases, actual.Phases);
        }
    }

    [Fact]
    public void What_all_share_is_never_changed()
    {
        Alignment none = Alignment.None(2);
        none.Join(Alignment.Of([5, 7], [20, 20]));
        none.With(1, 4, 2);
        none.WithWholeShortRows([3, 3]);
        Assert.Equal([1L, 1], Alignment.None(2).Sizes);
        Assert.Equal([0L, 0], Alignment.None(2).Phases);
    }

    /// <summary>A view whose step goes evenly into storage chunks is best cut exactly where the chunk of its elements changes.</summary>
    [Fact]
    public void A_view_is_best_cut_where_it_comes_into_another_storage_chunk()
    {
        var random = new Random(4);
        for (int turn = 0; turn < 5000; turn++)
        {
            long step = random.Next(1, 5), unit = step * random.Next(1, 6), phase = random.NextInt64(0, unit);
            AxisMap along = random.Next(2) == 0 ? new(0, random.Next(0, 50), step) : new(0, 200 + random.Next(0, 50), -step);
            var seen = new Alignment([unit], [phase]).Through(new IndexMap([30], [along]));
            for (long i = 1; i < 30; i++)
            {
                bool changes = ChunkOf(i) != ChunkOf(i - 1);
                Assert.Equal(changes, (i - seen.Phases[0]) % seen.Sizes[0] == 0);
            }

            long ChunkOf(long i) => (long)Math.Floor((along.Offset + (along.Step * i) - phase) / (double)unit);
        }
    }

    [Fact]
    public void A_view_of_a_view_is_cut_as_the_view_that_both_are()
    {
        var random = new Random(5);
        for (int turn = 0; turn < 5000; turn++)
        {
            long inner = random.Next(1, 4), outer = random.Next(1, 4), unit = inner * outer * random.Next(1, 6);
            var first = new IndexMap([100], [new AxisMap(0, random.Next(0, 50), inner)]);
            var second = new IndexMap([20], [new AxisMap(0, random.Next(0, 30), outer)]);
            var alignment = new Alignment([unit], [random.NextInt64(0, unit)]);
            Alignment inTurn = alignment.Through(first).Through(second), atOnce = alignment.Through(first.Then(second));
            Assert.Equal(atOnce.Sizes, inTurn.Sizes);
            Assert.Equal(atOnce.Phases[0] % atOnce.Sizes[0], inTurn.Phases[0] % inTurn.Sizes[0]);
        }
    }

    internal static Alignment Any(Random random, int rank)
    {
        long[] sizes = new long[rank], phases = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            sizes[axis] = random.Next(3) == 0 ? 1 : random.Next(1, 30);
            phases[axis] = random.Next(2) == 0 ? 0 : random.NextInt64(0, sizes[axis]);
        }

        return new Alignment(sizes, phases);
    }
}
