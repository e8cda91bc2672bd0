using Tessera.Memory;

namespace Tessera.Tests.Memory;

public class SizeClassTests
{
    public static TheoryData<long> Sizes
    {
        get
        {
            var sizes = new SortedSet<long> { 0, 1, 255, 256, 257, 320, 321, SizeClass.LargestBytes - 1, SizeClass.LargestBytes };
            var random = new Random(1);
            for (int i = 0; i < 200; i++)
                sizes.Add(random.NextInt64(1L << random.Next(1, 50)));
            return [.. sizes];
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_class_holds_what_was_asked_and_at_most_a_quarter_more(long bytes)
    {
        int index = SizeClass.IndexOf(bytes);
        Assert.InRange(index, 0, SizeClass.Count - 1);
        long capacity = SizeClass.BytesOf(index);
        Assert.True(capacity >= bytes);
        Assert.True(capacity <= Math.Max(256, bytes + bytes / 4 + 1), $"{capacity} for {bytes}");
        if (index > 0)
            Assert.True(SizeClass.BytesOf(index - 1) < bytes, "No smaller class would do.");
    }

    [Fact]
    public void Classes_ascend_keep_the_alignment_and_are_their_own_fit()
    {
        for (int index = 0; index < SizeClass.Count; index++)
        {
            long bytes = SizeClass.BytesOf(index);
            Assert.Equal(0, bytes % 64);
            Assert.Equal(index, SizeClass.IndexOf(bytes));
            Assert.True(index == 0 || bytes > SizeClass.BytesOf(index - 1));
        }
    }
}
