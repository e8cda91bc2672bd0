using Tessera.Executors;
using Tessera.Recipes;

namespace Tessera.Tests.Recipes;

/// <summary>The elements that become a value are there for the task that makes it however often it is done, and go with the last reader of the cells.</summary>
public sealed class ReceivedOutputTests
{
    [Fact]
    public void The_elements_can_be_had_again_until_the_last_cell_is_read()
    {
        int made = 0;
        var output = new ReceivedOutput(ChunkGrid.Regular([6], [2]), length =>
        {
            made++;
            return new int[length];
        });
        using var blocks = new PlacedBlocks();
        for (int cell = 0; cell < 3; cell++)
            output.AddReader(cell);
        Array elements = output.Elements();
        Assert.Same(elements, output.Elements());
        output.RemoveReader(0, blocks);
        output.RemoveReader(2, blocks);
        Assert.Same(elements, output.Elements());
        output.RemoveReader(1, blocks);
        Assert.NotSame(elements, output.Elements());
        Assert.Equal(2, made);
    }
}
