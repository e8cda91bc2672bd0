using Tessera.Steps;
using Tessera.Tests.Lowering;

namespace Tessera.Tests.Steps;

/// <summary>How reductions are cut into tasks. Only planned: the arrays are too large to be computed.</summary>
public class FoldCutTests
{
    private const long TaskElements = 1L << 22;

    [Fact]
    public void Tasks_take_in_every_element_once_and_begin_where_storage_chunks_do()
    {
        var random = new Random(1);
        for (int turn = 0; turn < 300; turn++)
        {
            (Shape shape, Shape storage, int[] axes) = Any(random);
            string what = $"turn {turn}: {shape} in chunks {storage}, over [{string.Join(", ", axes)}]";
            Region[] tasks = Tasks(shape, storage, axes);
            long length = 0;
            foreach (Region task in tasks)
                length += task.Length;
            Assert.Equal(shape.Length, length);
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                // Tasks are all pairs of a cell and a segment, so that the cuts of each axis tell all.
                var cuts = new SortedDictionary<long, long>();
                foreach (Region task in tasks)
                {
                    Assert.Equal(task.End(axis), cuts.TryGetValue(task.Start[axis], out long end) ? end : task.End(axis));
                    cuts[task.Start[axis]] = task.End(axis);
                }

                long reached = 0;
                foreach ((long start, long end) in cuts)
                {
                    Assert.True(start == reached, $"{what}: axis {axis} has a task from {start} on, and the one before ends at {reached}");
                    Assert.True(start % storage[axis] == 0, $"{what}: axis {axis} is cut at {start}");
                    reached = end;
                }

                Assert.Equal(shape[axis], reached);
            }

            Assert.Equal(tasks.Length, tasks.Distinct().Count());
        }
    }

    [Fact]
    public void A_task_of_one_sum_has_some_million_elements_or_one_storage_chunk()
    {
        var random = new Random(2);
        for (int turn = 0; turn < 300; turn++)
        {
            (Shape shape, Shape storage, _) = Any(random);
            foreach (Region task in Tasks(shape, storage, [.. Enumerable.Range(0, shape.Rank)]))
                Assert.InRange(task.Length, 1, 4 * Math.Max(TaskElements, storage.Length));
        }
    }

    [Fact]
    public void Cuts_are_those_of_any_number_of_workers()
    {
        var random = new Random(3);
        for (int turn = 0; turn < 50; turn++)
        {
            (Shape shape, Shape storage, int[] axes) = Any(random);
            Assert.Equal(Tasks(shape, storage, axes, Schedulers.Serial), Tasks(shape, storage, axes, Schedulers.Threads(13)));
        }
    }

    private static Region[] Tasks(Shape shape, Shape storage, int[] axes, Scheduler? scheduler = null)
    {
        ChunkedArray<double> mean = ChunkedArray.FromSource<float>(new UnreadSource(shape, storage)).Cast<double>().Mean(axes: axes);
        var options = new ComputeOptions { MemoryBudget = 1L << 50, Scheduler = scheduler ?? Schedulers.Serial };
        Plan plan = Computation.PlanFor(mean.Expression, new MemoryDestination(64, mean.ElementType, mean.Shape), 0, options).Plan;
        return [.. plan.Tasks.Where(task => task.Step is FoldStep).Select(task => task.Step.RegionOf(task.Index))];
    }

    /// <summary>Long rows, so that no rule for short ones cuts otherwise.</summary>
    private static (Shape Shape, Shape Storage, int[] Axes) Any(Random random)
    {
        Shape shape = [random.Next(1, 400), random.Next(1, 3000), random.Next(100, 3000)];
        Shape storage = [random.Next(1, 5), random.Next(1, 300), random.Next(50, 3000)];
        storage = [.. storage.Zip(shape, Math.Min)];
        int[] axes = [.. Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0)];
        return (shape, storage, axes.Length == 0 ? [random.Next(3)] : axes);
    }
}
