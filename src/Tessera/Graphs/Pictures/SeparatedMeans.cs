namespace Tessera.Graphs;

/// <summary>
/// Solves one layer exactly: x in ascending order, each at least its separation from the one before, with the least weighted sum of squared
/// distances from where each would like to be. With the separations taken off, that is a regression with ascending values, which pooling
/// adjacent violators solves in one pass: whoever would stand left of the one before joins it in a block, and a block stands at the mean of
/// its members' wishes.
/// </summary>
/// <remarks>
/// Wishes 5, 0, 9 with separations 2 and equal weights: without separations 5, -2, 5; the first two pool at 1.5 and the third follows at 5.
/// Result: 1.5, 3.5, 9.
/// </remarks>
internal sealed class SeparatedMeans
{
    private readonly List<(double Sum, double Weight, int Count)> _blocks = [];

    /// <param name="wishes">Where each would like to be; overwritten by where it goes.</param>
    /// <param name="weights">How much each wish counts: above 0.</param>
    /// <param name="separations">Of each from the one before it; the first isn't looked at.</param>
    public void Solve(Span<double> wishes, ReadOnlySpan<double> weights, ReadOnlySpan<double> separations)
    {
        _blocks.Clear();
        double offset = 0;
        for (int i = 0; i < wishes.Length; i++)
        {
            offset += i == 0 ? 0 : separations[i];
            var block = (Sum: (wishes[i] - offset) * weights[i], Weight: weights[i], Count: 1);
            while (_blocks.Count > 0 && _blocks[^1].Sum * block.Weight > block.Sum * _blocks[^1].Weight)
            {
                block = (block.Sum + _blocks[^1].Sum, block.Weight + _blocks[^1].Weight, block.Count + _blocks[^1].Count);
                _blocks.RemoveAt(_blocks.Count - 1);
            }

            _blocks.Add(block);
        }

        int at = 0;
        offset = 0;
        foreach ((double sum, double weight, int count) in _blocks)
        {
            for (int end = at + count; at < end; at++)
            {
                offset += at == 0 ? 0 : separations[at];
                wishes[at] = (sum / weight) + offset;
            }
        }
    }
}
