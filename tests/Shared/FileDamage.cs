namespace Tessera.Files.Tests;

/// <summary>Damage that does not ask which format a file has; each kind is done at random.</summary>
internal static class FileDamage
{
    private const int LongestPiece = 64;

    /// <summary>Turns one to eight bits over.</summary>
    public static void FlipBits(byte[] file, Random random)
    {
        for (int bits = random.Next(1, 9); bits > 0; bits--)
            file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
    }

    /// <summary>Puts any bytes into a piece.</summary>
    public static void Scramble(byte[] file, Random random) => random.NextBytes(Piece(file, random));

    /// <summary>Copies one piece onto another.</summary>
    public static void Copy(byte[] file, Random random)
    {
        Span<byte> to = Piece(file, random);
        file.AsSpan(random.Next(file.Length - to.Length + 1), to.Length).CopyTo(to);
    }

    /// <summary>Puts a number somewhere: some place in the file, or one of those that readers stumble over.</summary>
    /// <param name="file">The file.</param>
    /// <param name="at">Where; nothing is done if there is no room.</param>
    /// <param name="size">The bytes of the number.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="random">Decides which.</param>
    /// <param name="bigEndian">Whether its most significant byte is the first.</param>
    public static void Put(byte[] file, int at, int size, ReadOnlySpan<long> numbers, Random random, bool bigEndian = false)
    {
        long value = random.Next(4) == 0 ? random.Next(file.Length + 20) : numbers[random.Next(numbers.Length)];
        byte[] number = BitConverter.GetBytes(value)[..size];
        if (bigEndian)
            Array.Reverse(number);
        if (at + size <= file.Length)
            number.CopyTo(file, at);
    }

    private static Span<byte> Piece(byte[] file, Random random)
    {
        int start = random.Next(file.Length);
        return file.AsSpan(start, random.Next(1, Math.Min(LongestPiece, file.Length - start) + 1));
    }
}
