using System.Buffers.Binary;
using System.Diagnostics;

namespace Tessera.Hdf5Format.Tests;

/// <summary>
/// Damages small files in many ways, always the same ones: each ends in a result or in an <see cref="InvalidDataException"/>, soon, and without
/// much memory. Most damage is done where structures are, and most checksums are made right again: else nothing behind them would be tried.
/// </summary>
internal sealed class Mutants(TestFolder folder)
{
    private const long MostAllocated = 16 << 20;
    private static readonly string[] Checked = ["FAHD", "FADB", "EAHD", "EAIB", "EASB", "EADB", "BTHD", "BTIN", "BTLF", "FRHP", "FHIB"];
    private static readonly string[] Unchecked = ["TREE", "SNOD", "HEAP", "GCOL", "FHDB"];
    private static readonly long[] Interesting =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 16, 31, 32, 63, 64, 127, 128, 255, 256, 1024, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF,
        0x7FFFFFFFFFFFFFFF, unchecked((long)0x8000000000000000), -1, -2,
    ];

    private int _read;
    private int _refused;

    /// <summary>Mutates a file so many times; <paramref name="read"/> gets the path of each and a source of chance.</summary>
    public void Try(string name, byte[] sound, int times, Action<string, Random> read)
    {
        List<(int Start, int Checksum)> pieces = Structures.Checked(sound, Checked);
        (int Start, int End)[] targets =
        [
            .. pieces.Select(piece => (piece.Start, piece.Checksum + 4)),
            .. Unchecked.SelectMany(signature => Structures.All(sound, signature)).Select(start => (start, Math.Min(sound.Length, start + 512))),
        ];
        Assert.True(targets.Length > 0, $"{name} has no structures.");
        for (int number = 0; number < times; number++)
        {
            var random = new Random(number);
            byte[] file = [.. sound];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                Change(file, targets[random.Next(targets.Length)], random);
            if (random.Next(8) > 0)
                Structures.Seal(file, pieces);
            if (random.Next(50) == 0)
                file = file[..random.Next(file.Length)];
            Check($"mutant {number} of {name}", folder.Put(name, file), number, read);
        }
    }

    /// <summary>Fails where mutants were all read, or all refused: then they missed what they aim at.</summary>
    public void RequireBoth() => Assert.True(_read > _refused / 20 && _refused > _read / 20, $"{_read} were read and {_refused} refused.");

    private void Check(string mutant, string path, int number, Action<string, Random> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        try
        {
            read(path, new Random(number));
            _read++;
        }
        catch (InvalidDataException)
        {
            _refused++;
        }
        catch (Exception other)
        {
            Assert.Fail($"{mutant}: {other}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= MostAllocated, $"{mutant}: {allocated} bytes allocated");
        Assert.False(clock.Elapsed > FuzzRun.MostTime && FuzzRun.IsSlow(() => read(path, new Random(number))), $"{mutant}: {clock.Elapsed} taken");
    }

    private static void Change(byte[] file, (int Start, int End) target, Random random)
    {
        int at = target.Start + random.Next(target.End - target.Start);
        switch (random.Next(4))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                file[at] = (byte)random.Next(256);
                break;
            case 2:
                Put(file, at, Interesting[random.Next(Interesting.Length)], 1 << random.Next(4));
                break;
            default: // such as another node's address
                Put(file, at, BinaryPrimitives.ReadInt64LittleEndian(Eight(file, target.Start + random.Next(target.End - target.Start))), 8);
                break;
        }
    }

    private static void Put(byte[] file, int at, long value, int bytes)
    {
        Span<byte> digits = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(digits, value);
        digits[..Math.Min(bytes, file.Length - at)].CopyTo(file.AsSpan(at));
    }

    private static ReadOnlySpan<byte> Eight(byte[] file, int at) => file.AsSpan(Math.Min(at, file.Length - 8), 8);
}
