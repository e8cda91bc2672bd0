using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Members of compounds and arrays in elements are arrays, read equal to what the reference library wrote of every type and in every storage.</summary>
public sealed class MemberTests : IDisposable
{
    private const int Boxed = 4;

    private readonly TestFolder _folder = new();

    public MemberTests()
    {
        try
        {
            Python.Run("reading.py", "members", _folder.Path);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    private sealed record Case(string File, string Path, string? Member, string Type, long[] Shape, int Offset);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_member_of_the_reference_library_reads_back_equal()
    {
        var differing = new List<string>();
        (Case[] cases, byte[] elements) = Cases();
        var random = new Random(3);
        foreach (Case one in cases)
        {
            using Hdf5File file = Hdf5File.Open(_folder.PathOf(one.File));
            IBlockSource source = file.Dataset(one.Path).Source(one.Member);
            ReadOnlySpan<byte> expected = elements.AsSpan(one.Offset, (int)(Shape.Create(one.Shape).Length * source.ElementType.Size));
            if (source.ElementType.Name != one.Type || source.Shape != Shape.Create(one.Shape))
                differing.Add($"{one} is {source.ElementType.Name} of {source.Shape}");
            else if (!source.ReadAll().AsSpan().SequenceEqual(expected))
                differing.Add($"{one} differs");
            for (int i = 0; i < Boxed && differing.Count == 0; i++)
            {
                Region region = Boxes.Random(random, source.Shape);
                if (!source.Read(region).AsSpan().SequenceEqual(Boxes.Slice(expected.ToArray(), source.Shape, region, source.ElementType.Size)))
                    differing.Add($"{one} differs in {region}");
            }
        }

        Assert.Empty(differing);
        Assert.True(cases.Length > 450, $"{cases.Length} members were made.");
    }

    [Fact]
    public void Values_of_members_are_the_same_numbers()
    {
        (Case[] cases, byte[] elements) = Cases();
        foreach (Case one in cases)
        {
            using Hdf5File file = Hdf5File.Open(_folder.PathOf(one.File));
            Hdf5Dataset dataset = file.Dataset(one.Path);
            Same(one, elements, dataset.ReadValue(one.Member));
            if (one.Member is not null && dataset.Type.Find(one.Member) is not null)
                Same(one, elements, dataset.ReadValue<IReadOnlyDictionary<string, object?>>()[one.Member]);
        }
    }

    [Fact]
    public void Complex_images_and_tables_of_events_are_summed_by_member()
    {
        JsonElement sums = JsonDocument.Parse(File.ReadAllText(_folder.PathOf("sums.json"))).RootElement;
        using Hdf5File file = Hdf5File.Open(_folder.PathOf("complex.h5"));

        Assert.Equal(sums.GetProperty("r").GetDouble(), file.Array<float>("/kspace", member: "r").Cast<double>().Sum().Compute(), 1e-6);
        Assert.Equal(sums.GetProperty("i").GetDouble(), file.Array<double>("/kspace", member: "i", convert: true).Sum().Compute(), 1e-6);
        Assert.Equal(sums.GetProperty("real").GetDouble(), file.Array<double>("/matlab", member: "real").Sum().Compute());
        Assert.Equal(sums.GetProperty("time").GetUInt64(), file.Array<ulong>("/events", member: "time").Sum().Compute());
        Assert.Equal(sums.GetProperty("x").GetInt64(), file.Array<long>("/events", member: "x", convert: true).Sum().Compute());
        Assert.Equal(200_000, file.Dataset("/events").ReadValue<string[]>("label").Length);
        Assert.Equal([0x61, 0x62], file.Dataset("/events").ReadValue<byte[][]>("label")[7]);
    }

    [Fact]
    public void A_member_is_the_same_for_every_chunking_and_scheduler()
    {
        using Hdf5File file = Hdf5File.Open(_folder.PathOf("members-new.h5"));
        Hdf5Dataset grids = file.Dataset("grids");
        short[] whole = grids.Read<short>(member: "i2be").ToArray();
        using WorkerPool pool = WorkerPool.Processes(2);

        Assert.Equal(9 * 4 * 2 * 3, whole.Length);
        foreach (Chunks chunks in (Chunks[])[default, [9, 4, 2, 3], [1, 1, 1, 1], [4, 3, 1, 2]])
        {
            ChunkedArray<short> array = grids.Array<short>(chunks, member: "i2be");
            Assert.Equal([9L, 4, 2, 3], array.Shape);
            Assert.Equal(whole, array.Compute().ToArray());
            Assert.Equal(array[2..5, .., 1, 1..].Compute().ToArray(), array.Compute(new ComputeOptions { Scheduler = Schedulers.Processes(pool) }).ToArray()
                .Index().Where(at => at.Index / 24 is >= 2 and < 5 && at.Index / 3 % 2 == 1 && at.Index % 3 > 0).Select(at => at.Item));
        }
    }

    [Fact]
    public void What_is_no_member_or_no_number_says_what_to_do()
    {
        using Hdf5File file = Hdf5File.Open(_folder.PathOf("members-new.h5"));
        Hdf5Dataset nested = file.Dataset("nested/contiguous");

        Says<KeyNotFoundException>(() => nested.Array<int>(member: "nothing"), "no 'nothing' but 'id', 'at', 'points'", "/nested/contiguous");
        Says<KeyNotFoundException>(() => nested.Array<int>(member: "at.z"), "no 'z' but 'x', 'y', 'm'", "'at.z'");
        Says<KeyNotFoundException>(() => nested.Array<int>(member: "id.x"), "'x' isn't there", "int32, big-endian");
        Says<NotSupportedException>(() => nested.Array<int>(), "Array<int>(…, member: \"id\")", "ReadValue()");
        Says<NotSupportedException>(() => nested.Array<int>(member: "at"), "Array<float>(…, member: \"at.x\")", "ReadValue(\"at\")");
        Says<NotSupportedException>(() => nested.Array<int>(member: "name"), "string of 5 bytes", "ReadValue(\"name\")");
        Says<InvalidOperationException>(() => nested.Array<int>(member: "at.x"), "float32", "Array<float>(…)", "(member 'at.x')");
        Says<ArgumentException>(() => nested.Array<int>(member: ""), "empty");
        Assert.Null(nested.ElementType);
        Assert.Equal(ElementType.Single, file.Dataset("arrays/contiguous/f4").ElementType);

        static void Says<T>(Action open, params string[] parts)
            where T : Exception
        {
            string message = Assert.Throws<T>(open).Message;
            Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
        }
    }

    private static void Same(Case one, byte[] elements, object? value)
    {
        byte[] found;
        if (value is Array array)
        {
            Assert.Equal(one.Shape, Enumerable.Range(0, array.Rank).Select(array.GetLongLength));
            found = new byte[array.Length * ElementTypes.Of(array.GetType().GetElementType()!).Size];
            MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), found.Length).CopyTo(found);
        }
        else
        {
            Assert.Empty(one.Shape);
            return;
        }

        Assert.True(found.AsSpan().SequenceEqual(elements.AsSpan(one.Offset, found.Length)), one.ToString());
    }

    private (Case[] Cases, byte[] Elements) Cases() =>
        (JsonSerializer.Deserialize<Case[]>(File.ReadAllText(_folder.PathOf("members.json")))!, File.ReadAllBytes(_folder.PathOf("members.bin")));
}
