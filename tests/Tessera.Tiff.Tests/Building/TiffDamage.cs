namespace Tessera.TiffFormat.Tests;

/// <summary>Damages a TIFF file at random, with a liking for the numbers and the places that decide most.</summary>
internal static class TiffDamage
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
                    FileDamage.FlipBits(file, random);
                    break;
                case 1:
                    file = file[..random.Next(1, file.Length + 1)];
                    break;
                case 2:
                    FileDamage.Scramble(file, random);
                    break;
                case 3:
                    FileDamage.Copy(file, random);
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

    private static void Put(byte[] file, int at, Random random, int size = 0) =>
        FileDamage.Put(file, at, size > 0 ? size : 1 << random.Next(1, 4), Interesting, random, bigEndian: file[0] == 'M');

    private static void Swap(byte[] file, int left, int right)
    {
        if (Math.Max(left, right) + 4 > file.Length)
            return;
        for (int i = 0; i < 4; i++)
            (file[left + i], file[right + i]) = (file[right + i], file[left + i]);
    }
}
