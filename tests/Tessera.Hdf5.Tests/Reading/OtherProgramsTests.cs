using System.Diagnostics;
using System.Globalization;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Files that other programs have open, for reading or for writing.</summary>
public sealed class OtherProgramsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_being_written_is_refused_in_words_until_it_is_closed()
    {
        string path = Small();
        using Process writer = Python.StartAside("reading.py", "hold", path);
        Assert.Equal("ready", writer.StandardOutput.ReadLine());

        string says = Assert.Throws<IOException>(() => Hdf5File.Open(path)).Message;
        Assert.Contains($"'{path}'", says, StringComparison.Ordinal);
        Assert.Contains("another program", says, StringComparison.Ordinal);

        writer.StandardInput.Close();
        writer.WaitForExit();
        using Hdf5File file = Hdf5File.Open(path);
        Assert.Equal(5, file.Dataset("numbers").Shape!.Value[0]);
    }

    [Fact]
    public void A_file_that_was_not_closed_is_refused_in_words_and_opened_on_demand()
    {
        Python.Run("reading.py", "seeds", _folder.Path);
        byte[] bytes = File.ReadAllBytes(_folder.PathOf("small-new.h5"));
        bytes[11] |= 5; // open for writing, SWMR
        Structures.Seal(bytes, [(0, 44)]);
        string path = _folder.Put("left.h5", bytes);

        Assert.Contains("WhileWritten = true", Assert.Throws<IOException>(() => Hdf5File.Open(path)).Message, StringComparison.Ordinal);
        using Hdf5File file = Hdf5File.Open(path, new Hdf5OpenOptions { WhileWritten = true });
        Assert.Equal(40, file.Array<short>("numbers").Compute().FlattenedLength);
    }

    [Fact]
    public void A_file_is_read_while_a_program_writes_it()
    {
        Python.Require();
        string path = _folder.PathOf("growing.h5");
        using Process writer = Python.StartAside("reading.py", "grow", path);
        Assert.Equal("ready", writer.StandardOutput.ReadLine());

        using Hdf5File file = Hdf5File.Open(path, new Hdf5OpenOptions { WhileWritten = true });
        (long seen, int grown) = (0, 0);
        var clock = Stopwatch.StartNew();
        while (!writer.HasExited)
        {
            if (grown > 20 && clock.Elapsed > TimeSpan.FromSeconds(3))
                writer.StandardInput.Close(); // the writer ends
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"The file was seen to grow {grown} times only, to {seen} frames.");
            file.Refresh();
            long frames = Frames(file, seen);
            grown += frames > seen ? 1 : 0;
            Assert.True(frames >= seen, $"{frames} frames were seen, and {seen} before.");
            seen = frames;
        }

        long written = long.Parse(writer.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        file.Refresh();
        Assert.Equal(written, Frames(file, 0));
        Assert.Equal(Enumerable.Range(0, (int)written), file.Array<int>("plane").Compute().ToArray());
    }

    [Fact]
    public void A_damaged_file_is_given_up_soon_even_if_it_might_be_growing()
    {
        var build = new HostileBuilder();
        long group = build.Header(HostileBuilder.LinkTable, (MessageKind.Attribute, [3, 1, 2, 0, 10, 0, 0, 0, 0, (byte)'a', 0, 3, 2, .. HostileBuilder.Number(48, 8)]));
        using Hdf5File file = Hdf5File.Open(_folder.Put("damaged.h5", build.Build(("g", group), ("h", 1))), new Hdf5OpenOptions { WhileWritten = true });
        var clock = Stopwatch.StartNew();

        Assert.Throws<InvalidDataException>(() => file["g"].Attributes);
        Assert.Throws<InvalidDataException>(() => file["h"]);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    /// <summary>How many frames there are; those from one on are compared.</summary>
    private static long Frames(Hdf5File file, long from)
    {
        Hdf5Dataset frames = file.Dataset("frames"), plane = file.Dataset("plane");
        long count = frames.Shape!.Value[0];
        for (long frame = from; frame < count; frame++)
        {
            byte[] bytes = frames.Source().Read(new Region([frame, 0, 0], [1, 16, 16]));
            Assert.Equal(Enumerable.Repeat((int)frame, 256), System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bytes).ToArray());
        }

        _ = plane.Source().ReadAll();
        double[] series = file.Array<double>("series").Compute().ToArray();
        Assert.All(series.Select((value, i) => (value, i)), at => Assert.Equal(at.i, at.value));
        return count;
    }

    private string Small()
    {
        Python.Run("reading.py", "seeds", _folder.Path);
        return _folder.PathOf("small-old.h5");
    }
}
