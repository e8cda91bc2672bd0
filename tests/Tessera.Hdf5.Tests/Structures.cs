using System.Buffers.Binary;
using System.Text;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Finds structures in a small file by their signatures, where no object header is read.</summary>
internal static class Structures
{
    // Damaged files are let go, not closed; among the files that all share, thousands of them would push out those of other tests.
    private static readonly OpenFiles OwnFiles = new(16);

    public static FileBytes Open(string path, long userBlock = 0, int addresses = 8, int lengths = 8) =>
        new(new ReadOnlyFile(path, OwnFiles), userBlock, addresses, lengths);

    /// <summary>Where all bytes of a signature begin.</summary>
    public static List<int> All(ReadOnlySpan<byte> file, string signature)
    {
        var found = new List<int>();
        byte[] letters = Encoding.ASCII.GetBytes(signature);
        for (int at = 0; file[at..].IndexOf(letters) is >= 0 and var next; at++)
            found.Add(at += next);
        return found;
    }

    /// <summary>The only structure of a signature.</summary>
    public static int Only(ReadOnlySpan<byte> file, string signature) => Assert.Single(All(file, signature));

    /// <summary>The version 2 B-tree of a type.</summary>
    public static int Tree2(byte[] file, byte type) => Assert.Single(All(file, "BTHD"), at => file[at + 5] == type);

    /// <summary>The root of the version 1 B-tree of a type: it has no neighbours, and the highest level.</summary>
    public static int Tree1(byte[] file, byte type, int sizes = 8) => All(file, "TREE")
        .Where(at => file[at + 4] == type && file.AsSpan(at + 8, 2 * sizes).IndexOfAnyExcept((byte)0xFF) < 0)
        .MaxBy(at => file[at + 5]);

    /// <summary>All pieces that end with their checksum: where they begin, and where the checksum is.</summary>
    public static List<(int Start, int Checksum)> Checked(byte[] file, params string[] signatures)
    {
        const int Longest = 4096;
        var found = new List<(int Start, int Checksum)>();
        foreach (int start in signatures.SelectMany(signature => All(file, signature)))
        {
            for (int end = start + 6; end <= Math.Min(file.Length - 4, start + Longest); end++)
            {
                if (Lookup3.Hash(file.AsSpan(start, end - start)) != BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(end)))
                    continue;
                found.Add((start, end));
                break;
            }
        }

        return found;
    }

    /// <summary>Makes checksums right again.</summary>
    public static void Seal(byte[] file, List<(int Start, int Checksum)> pieces)
    {
        foreach ((int start, int checksum) in pieces)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(checksum), Lookup3.Hash(file.AsSpan(start, checksum - start)));
    }
}
