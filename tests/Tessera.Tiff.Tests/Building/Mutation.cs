namespace Tessera.TiffFormat.Tests;

/// <summary>Damages a TIFF file at random, with a liking for the numbers and the places that decide most.</summary>
internal static class Mutation
{
    private static readonly long[] Interesting =
    [
        0, 1, 2, 3, 4, 7, 8, 12, 16, 20, 42, 43, 127, 128, 255, 256, 257, 258, 259, 273, 277, 278, 279, 322, 323, 324, 325, 339, 0x7FFF, 0x8000, 0xFFFF,
        0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, 0x7FFFFFFFFFFFFFFF, unchecked((long)0x8000000000000000), -1,
    ];

    /// <summary>The file after one to three changes.</summary>
    /// <param name="whole">The file, which stays as it is.</param>
    /// <param name="entries">Where the entries of its directories begin.</param>
    /// <param name="random">Decides on the changes.</param>
    public static byte[] Of(byte[] whole, int[] entries, Random random)
    {
        byte[] file = [.. whole];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            switch (random.Next(8))
            {
                case 0:
                    for (int bits = random.Next(1, 9); bits > 0; bits--)
                        file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file = file[..random.Next(1, file.Length + 1)];
                    break;
                case 2:
                    random.NextBytes(Some(file, random));
                    break;
                case 3:
                    Span<byte> to = Some(file, random);
                    file.AsSpan(random.Next(file.Length - to.Length + 1), to.Length).CopyTo(to);
                    break;
                case 4:
                    Put(file, random.Next(file.Length), random);
                    break;
                case 5: // the value or the count of an entry
                    Put(file, entries[random.Next(entries.Length)] + (random.Next(3) == 0 ? 4 : 8), random);
                    break;
                case 6: // the tag or the type of an entry
                    Put(file, entries[random.Next(entries.Length)] + 2 * random.Next(2), random, size: 2);
                    break;
                default: // the values of two entries change places
                    Swap(file, entries[random.Next(entries.Length)] + 8, entries[random.Next(entries.Length)] + 8);
                    break;
            }
        }

        return file;
    }

    private static Span<byte> Some(byte[] file, Random random)
    {
        int start = random.Next(file.Length);
        return file.AsSpan(start, random.Next(1, Math.Min(64, file.Length - start) + 1));
    }

    private static void Put(byte[] file, int at, Random random, int size = 0)
    {
        size = size > 0 ? size : 1 << random.Next(1, 4);
        long value = random.Next(4) == 0 ? random.Next(file.Length + 20) : Interesting[random.Next(Interesting.Length)];
        byte[] number = BitConverter.GetBytes(value)[..size];
        if (file[0] == 'M')
            Array.Reverse(number);
        if (at + size <= file.Length)
            number.CopyTo(file, at);
    }

    private static void Swap(byte[] file, int left, int right)
    {
        if (Math.Max(left, right) + 4 > file.Length)
            return;
        for (int i = 0; i < 4; i++)
            (file[left + i], file[right + i]) = (file[right + i], file[left + i]);
    }
}
