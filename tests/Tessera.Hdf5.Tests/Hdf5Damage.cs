namespace Tessera.Hdf5Format.Tests;

/// <summary>Damages a small file in one of many ways; checksums are mostly made right again, else nothing behind them would be tried.</summary>
internal static class Hdf5Damage
{
    private static readonly string[] Sealed = ["OHDR", "OCHK", "FAHD", "FADB", "EAHD", "EAIB", "EASB", "EADB", "BTHD", "BTIN", "BTLF", "FRHP", "FHIB", "SMTB"];

    private static readonly long[] Interesting =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 24, 31, 32, 33, 63, 64, 127, 128, 255, 256, 512, 1000, 4096, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x1000000, 0x7FFFFFFF,
        0x80000000, 0xFFFFFFFF, 0x100000000, 0x1000000000000000, 0x7FFFFFFFFFFFFFFF, unchecked((long)0x8000000000000000), -1, -2,
    ];

    internal sealed record Seed(string Name, byte[] File, List<(int Start, int Checksum)> Pieces);

    public static Seed Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<(int Start, int Checksum)> pieces = Structures.Checked(file, Sealed);
        int superblock = Structures.All(file, "HDF\r\n")[0] - 1;
        if (file[superblock + 8] >= 2)
            pieces.Add((superblock, superblock + 44));
        return new Seed(Path.GetFileNameWithoutExtension(path), file, pieces);
    }

    public static byte[] Of(Seed seed, Random random)
    {
        byte[] file = [.. seed.File];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            switch (random.Next(8))
            {
                case 0:
                    FileDamage.FlipBits(file, random);
                    break;
                case 1:
                    FileDamage.Scramble(file, random);
                    break;
                case 2:
                    FileDamage.Copy(file, random);
                    break;
                case 3: // an address or a size of the file for another
                    int eight = random.Next(file.Length / 8 - 1) * 8, other = random.Next(file.Length / 8 - 1) * 8;
                    file.AsSpan(eight, 8).CopyTo(file.AsSpan(other));
                    break;
                default:
                    FileDamage.Put(file, At(seed, random), 1 << random.Next(4), Interesting, random);
                    break;
            }
        }

        if (random.Next(8) > 0)
            Structures.Seal(file, seed.Pieces);
        return random.Next(20) == 0 ? file[..random.Next(1, file.Length)] : file;
    }

    /// <summary>Mostly where bytes aren't zero, for that is where structures are.</summary>
    private static int At(Seed seed, Random random)
    {
        int at = random.Next(seed.File.Length);
        for (int tries = 0; tries < 8 && seed.File[at] is 0 or 0xFF; tries++)
            at = random.Next(seed.File.Length);
        return at;
    }
}
