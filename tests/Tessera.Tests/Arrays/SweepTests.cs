using System.Text.Json;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Arrays;

/// <summary>Ordinary expressions, some fifty, have the values that NumPy has, whichever way the elements are stored.</summary>
public class SweepTests
{
    private const double Near = 1e-9; // of the value: sums of some ten thousand elements

    [Fact]
    public void Ordinary_expressions_have_the_values_of_NumPy()
    {
        Dictionary<string, double> expected = JsonSerializer.Deserialize<Dictionary<string, double>>(NumPyOracle.Print("sweep_oracle.py"))!;
        double[] data = [.. Enumerable.Range(0, 40_000).Select(i => i * 7919L % 10007 / 10007.0)];
        foreach (long chunk in new long[] { 40_000, 7_001, 500 })
        {
            Dictionary<string, LazyScalar<double>> actual = Expressions(ChunkedArray.From(data, [chunk]));
            Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
            foreach ((string name, LazyScalar<double> value) in actual)
                Assert.True(Math.Abs(value.Compute() - expected[name]) <= Near * Math.Max(1, Math.Abs(expected[name])), $"{name} in chunks of {chunk}: {value.Compute()}, not {expected[name]}");
        }
    }

    private static LazyScalar<double> Total(ChunkedArray<double> x) => x.Square().Sum();

    private static ChunkedArray<double> Norm(ChunkedArray<double> x) => x.Square().Sum(axis: 1, keepDims: true).Sqrt();

    private static LazyScalar<double> Distances(ChunkedArray<double> points) => (points[.., Slice.NewAxis] - points[Slice.NewAxis]).Square().Sum(axis: 2).Sqrt().Sum();

    private static LazyScalar<double> LogSums(ChunkedArray<double> x) => (x - x.Max(axis: 1, keepDims: true)).Exp().Sum(axis: 1).Log().Sum();

    private static ChunkedArray<double> Least(ChunkedArray<double> x) => Enumerable.Range(1, 199).Aggregate(x[..^200], (low, i) => low.Minimum(x[i..^(200 - i)]));

    private static Dictionary<string, LazyScalar<double>> Expressions(ChunkedArray<double> v)
    {
        ChunkedArray<double> square = v.Reshape(200, 200), tall = v.Reshape(4000, 10), wide = v.Reshape(10, 4000);
        ChunkedArray<double> cube = v[..27_000].Reshape(30, 30, 30), four = v[..10_000].Reshape(10, 10, 10, 10);
        ChunkedArray<byte> numbers = (square * 255).Cast<byte>();
        return new()
        {
            ["transposed and itself"] = Total(square.Transpose() + square),
            ["transposed, sum 0"] = Total(square.Transpose().Sum(axis: 0)),
            ["transposed, sum 1"] = Total(square.Transpose().Sum(axis: 1)),
            ["transposed, flat, every third"] = Total(square.Transpose().Reshape(40_000)[Slice.Every(3)]),
            ["every second of both axes"] = Total(square[Slice.Every(2), Slice.Every(2)]),
            ["columns reversed"] = (square[.., Slice.Reverse] * square).Sum(),
            ["rows reversed"] = (square[Slice.Reverse] * square).Sum(),
            ["a column"] = square[.., 5].Sum(),
            ["tall, sum 1"] = Total(tall.Sum(axis: 1)),
            ["tall, sum 0"] = Total(tall.Sum(axis: 0)),
            ["tall, std 1"] = Total(tall.Std(axis: 1)),
            ["tall, argmax 1"] = tall.ArgMax(axis: 1).Cast<double>().Sum(),
            ["tall - mean 0"] = Total(tall - tall.Mean(axis: 0)),
            ["tall - mean 1"] = Total(tall - tall.Mean(axis: 1, keepDims: true)),
            ["tall / norm 1"] = (tall / Norm(tall)).Sum(),
            ["wide, sum 0"] = Total(wide.Sum(axis: 0)),
            ["wide, sum 1"] = Total(wide.Sum(axis: 1)),
            ["wide - mean 1"] = Total(wide - wide.Mean(axis: 1, keepDims: true)),
            ["wide - mean 0"] = Total(wide - wide.Mean(axis: 0)),
            ["wide transposed, sum 1"] = Total(wide.Transpose().Sum(axis: 1)),
            ["wide transposed, std 0"] = Total(wide.Transpose().Std(axis: 0)),
            ["cube, mean 1"] = Total(cube.Mean(axis: 1)),
            ["cube, max 0 2"] = Total(cube.Max(axes: [0, 2])),
            ["cube, std 0 1"] = Total(cube.Std(axes: [0, 1])),
            ["cube - mean 1"] = Total(cube - cube.Mean(axis: 1, keepDims: true)),
            ["cube - mean 2"] = Total(cube - cube.Mean(axis: 2, keepDims: true)),
            ["cube - mean 1 2"] = Total(cube - cube.Mean(axes: [1, 2], keepDims: true)),
            ["cube - mean 0 2"] = Total(cube - cube.Mean(axes: [0, 2], keepDims: true)),
            ["cube turned and itself"] = Total(cube.Transpose(2, 0, 1) + cube),
            ["cube turned, max 0"] = Total(cube.Transpose(1, 2, 0).Max(axis: 0)),
            ["four, sum 1 3"] = Total(four.Sum(axes: [1, 3])),
            ["four turned and itself"] = Total(four.Transpose(3, 1, 2, 0) + four),
            ["pairwise distances"] = Distances(v[..1600].Reshape(100, 16)),
            ["outer"] = Total(v[..200][.., Slice.NewAxis] * v[..200]),
            ["mean of five neighbours"] = Total((v[..^4] + v[1..^3] + v[2..^2] + v[3..^1] + v[4..]) / 5),
            ["laplace"] = Total((square[1..^1, 1..^1] * 4) - square[..^2, 1..^1] - square[2.., 1..^1] - square[1..^1, ..^2] - square[1..^1, 2..]),
            ["stacked along the last axis"] = Total(ChunkedArray.Stack(Enumerable.Range(0, 10).Select(i => v[(i * 4000)..((i + 1) * 4000)]), axis: 1).Max(axis: 1)),
            ["interleaved"] = Total(ChunkedArray.Stack([v[..20_000], v[20_000..]], axis: 1).Reshape(40_000)[1..]),
            ["columns concatenated"] = Total(ChunkedArray.Concatenate(Enumerable.Range(0, 20).Select(i => square[.., (i * 10)..((i + 1) * 10)]), axis: 1).Sum(axis: 0)),
            ["pieces in reverse"] = Total(ChunkedArray.Concatenate(Enumerable.Range(0, 400).Reverse().Select(i => v[(i * 100)..((i + 1) * 100)]))),
            ["blocks, mean"] = Total(square.Reshape(100, 2, 100, 2).Mean(axes: [1, 3])),
            ["blocks, max"] = Total(square.Reshape(50, 4, 50, 4).Max(axes: [1, 3])),
            ["each repeated"] = Total(v[..10_000][.., Slice.NewAxis].BroadcastTo([10_000, 4]).Reshape(40_000)),
            ["tiled"] = Total(v[..10_000][Slice.NewAxis].BroadcastTo([4, 10_000]).Reshape(40_000)),
            ["where"] = ChunkedArray.Where(square > 0.5, square, -square).Sum(),
            ["where, by means of rows"] = ChunkedArray.Where(square > square.Mean(axis: 1, keepDims: true), square, ChunkedArray.Full(0.0, [1])).Sum(),
            ["bytes, mean and std 1"] = (numbers.Mean(axis: 1) + numbers.Std(axis: 1)).Sum(),
            ["counted over a threshold"] = Total((square > 0.5).CountNonZero(axis: 0).Cast<double>()),
            ["means of groups of rows"] = Total(square.Reshape(20, 10, 200).Mean(axis: 1)),
            ["small chunks, sum 0"] = Total(square.Rechunk([10, 10]).Sum(axis: 0)),
            ["scaled by all"] = Total((square - square.Mean()) / square.Std()),
            ["log of sums of exponentials"] = LogSums(square),
            ["without means of rows and columns"] = Total(square - square.Mean(axis: 0) - square.Mean(axis: 1, keepDims: true) + square.Mean()),
            ["least of 200 neighbours"] = Least(v).Sum(),
        };
    }
}
