using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// The random bits: Philox 4×32-10, a keyed bijection of 128-bit counters whose images pass as independent random numbers
/// (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). Nothing is carried from one number to the
/// next, so any of them can be had by itself.
/// <code>
/// key      the seed: low word, high word
/// counter  word 0  low half of the counter's number      word 2  the stream (one for each array that a generator makes)
///          word 1  high half                             word 3  the attempt: 0, and 1, 2, … after a rejected draw
/// image    four random words of 32 bits
/// </code>
/// How elements share the images out is said in <see cref="DrawOrder"/>. Immutable.
/// </summary>
internal readonly struct Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9, KeyStep1 = 0xBB67AE85;

    private readonly RoundKeys _keys0, _keys1;
    private readonly uint _stream;

    public Philox(ulong seed, uint stream)
    {
        _stream = stream;
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            _keys0[round] = key0;
            _keys1[round] = key1;
            key0 += KeyStep0;
            key1 += KeyStep1;
        }
    }

    /// <summary>The image of one counter: the reference, which <see cref="Images{TLanes}"/> equals.</summary>
    public PhiloxImage Image(ulong counter, uint attempt)
    {
        uint word0 = (uint)counter, word1 = (uint)(counter >> 32), word2 = _stream, word3 = attempt;
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = Math.BigMul(word0, Multiplier0);
            ulong product1 = Math.BigMul(word2, Multiplier1);
            word0 = (uint)(product1 >> 32) ^ word1 ^ (uint)_keys0[round];
            word1 = (uint)product1;
            word2 = (uint)(product0 >> 32) ^ word3 ^ (uint)_keys1[round];
            word3 = (uint)product0;
        }

        return new PhiloxImage(word0, word1, word2, word3);
    }

    /// <summary>
    /// The images of as many counters as there are lanes, at the first attempt, a counter to a lane: word 0 of the images in the low halves
    /// of <paramref name="word0"/>, and so on. The high halves are left over from the multiplications and mean nothing; the
    /// multiplications read low halves only, so nobody has to clear them on the way.
    /// </summary>
    /// <remarks>
    /// The counters differ in word 0 alone. So half of the first round's results are the same for all, those that come of words 1 and 2, and half of
    /// the second round's, those that come of these: they are computed once, and not in every lane.
    /// </remarks>
    /// <param name="firstCounter">The others follow it, and have the same high word.</param>
    /// <param name="word0">First words.</param>
    /// <param name="word1">Second words.</param>
    /// <param name="word2">Third words.</param>
    /// <param name="word3">Fourth words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Images<TLanes>(ulong firstCounter, out TLanes word0, out TLanes word1, out TLanes word2, out TLanes word3)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes multiplier0 = TLanes.Create(Multiplier0), multiplier1 = TLanes.Create(Multiplier1);
        ulong same1 = Math.BigMul(_stream, Multiplier1);
        ulong same0 = Math.BigMul((uint)(same1 >> 32) ^ (uint)(firstCounter >> 32) ^ (uint)_keys0[0], Multiplier0);

        TLanes product0 = TLanes.MultiplyLowHalves(TLanes.AddUInt64(TLanes.Create(firstCounter), TLanes.Iota), multiplier0);
        TLanes product1 = TLanes.MultiplyLowHalves((product0 >>> 32) ^ TLanes.Create(_keys1[0]), multiplier1);
        TLanes a = (product1 >>> 32) ^ TLanes.Create(same1 ^ _keys0[1]), b = product1;
        TLanes c = product0 ^ TLanes.Create((same0 >> 32) ^ _keys1[1]), d = TLanes.Create(same0);
        for (int round = 2; round < Rounds; round++)
        {
            product0 = TLanes.MultiplyLowHalves(a, multiplier0);
            product1 = TLanes.MultiplyLowHalves(c, multiplier1);
            a = TLanes.Xor(product1 >>> 32, b, TLanes.Create(_keys0[round]));
            b = product1;
            c = TLanes.Xor(product0 >>> 32, d, TLanes.Create(_keys1[round]));
            d = product0;
        }

        (word0, word1, word2, word3) = (a, b, c, d);
    }

    /// <summary>One half of the key in each round; 64 bits wide, as the lanes are, so that a lane-wide copy is one load.</summary>
    [InlineArray(Rounds)]
    private struct RoundKeys
    {
        private ulong _first;
    }
}

/// <summary>Four random words, the image of one counter.</summary>
internal readonly record struct PhiloxImage(uint Word0, uint Word1, uint Word2, uint Word3)
{
    /// <summary>The words as two draws of 64 bits: 0 is words 0 (low) and 1, 1 is words 2 (low) and 3.</summary>
    public ulong Draw64(int half) => half == 0 ? Word0 | ((ulong)Word1 << 32) : Word2 | ((ulong)Word3 << 32);
}
