namespace Tessera.Kernels;

/// <summary>
/// Which element takes which random words. Counters are taken by the group of eight (one vector's lanes), 32 words or 128 bytes to a
/// group, and lie in the order in which the lanes produce them without a shuffle:
/// <code>
/// 32-bit draws, 32 elements to a group (c0w0 = counter 0 of the group, word 0)
///   elements  0…15   c0w0 c0w1 c1w0 c1w1 … c7w0 c7w1
///   elements 16…31   c0w2 c0w3 c1w2 c1w3 … c7w2 c7w3
/// 64-bit draws, 16 elements to a group: the same bytes, two words an element
///   elements  0… 7   c0w01 c1w01 … c7w01
///   elements  8…15   c0w23 c1w23 … c7w23
/// </code>
/// For example element 85 of 32-bit draws: group 85 / 32 = 2, element 21 in it, which is in the second row, place 5: counter 5 / 2 = 2 of
/// the group and so 2·8 + 2 = 18 of all, word 2 + 1 = 3. As a 64-bit draw: group 5, element 5 in it, counter 45, words 0 and 1.
/// </summary>
internal static class DrawOrder
{
    /// <summary>Counters in a group.</summary>
    public const int Counters = 8;

    /// <summary>32-bit draws in a group.</summary>
    public const int Words = 32;

    /// <summary>64-bit draws in a group.</summary>
    public const int Pairs = 16;

    /// <summary>Whether the counters of these groups differ in their low words alone.</summary>
    public static bool HaveSameHighWord(ulong group, int groups) => (uint)(group * Counters) <= uint.MaxValue - (uint)(groups * Counters) + 1;

    /// <summary>The 32-bit draw of an element.</summary>
    public static uint Draw32(in Philox philox, ulong index, uint attempt)
    {
        ulong place = index % Pairs;
        bool isSecondRow = index % Words >= Pairs;
        PhiloxImage image = philox.Image(index / Words * Counters + place / 2, attempt);
        return (isSecondRow, place % 2) switch
        {
            (false, 0) => image.Word0,
            (false, _) => image.Word1,
            (true, 0) => image.Word2,
            (true, _) => image.Word3,
        };
    }

    /// <summary>The counter whose image holds the 64-bit draw of an element.</summary>
    public static ulong PairCounter(ulong index) => index / Pairs * Counters + index % Counters;

    /// <summary>Which half of that image: 0 or 1.</summary>
    public static int PairHalf(ulong index) => (int)(index / Counters % 2);

    /// <summary>The 64-bit draw of an element.</summary>
    public static ulong Draw64(in Philox philox, ulong index, uint attempt) =>
        philox.Image(PairCounter(index), attempt).Draw64(PairHalf(index));
}
