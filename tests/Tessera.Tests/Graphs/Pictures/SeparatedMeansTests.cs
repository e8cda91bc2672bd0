using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class SeparatedMeansTests
{
    [Fact]
    public void The_example_of_its_remarks_is_right()
    {
        double[] x = [5, 0, 9];
        new SeparatedMeans().Solve(x, [1, 1, 1], [0, 2, 2]);
        Assert.Equal([1.5, 3.5, 9], x);
    }

    // What is best can't be bettered by moving any run of neighbours together a little, which is enough: the cost is convex.
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void No_run_of_neighbours_could_move_and_be_nearer_to_its_wishes(int seed)
    {
        var random = new Random(seed);
        var means = new SeparatedMeans();
        for (int round = 0; round < 50; round++)
        {
            int count = random.Next(1, 9);
            double[] wishes = Numbers(), weights = Numbers(), separations = Numbers(), x = [.. wishes];
            means.Solve(x, weights, separations);
            Assert.True(IsAllowed(x));

            double best = Cost(x);
            var runs = from start in Enumerable.Range(0, count) from end in Enumerable.Range(start + 1, count - start) select (start, end);
            foreach ((int start, int end) in runs)
            {
                foreach (double step in (double[])[-1e-3, 1e-3])
                {
                    double[] moved = [.. x.Select((at, i) => i >= start && i < end ? at + step : at)];
                    Assert.True(!IsAllowed(moved) || Cost(moved) >= best - 1e-9);
                }
            }

            double[] Numbers() => [.. Enumerable.Range(0, count).Select(_ => 0.1 + (random.NextDouble() * 10))];
            double Cost(double[] at) => at.Select((one, i) => weights[i] * (one - wishes[i]) * (one - wishes[i])).Sum();
            bool IsAllowed(double[] at) => Enumerable.Range(1, count - 1).All(i => at[i] - at[i - 1] >= separations[i] - 1e-9);
        }
    }
}
