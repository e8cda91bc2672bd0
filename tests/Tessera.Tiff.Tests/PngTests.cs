using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

public sealed class PngTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_image_takes_the_place_of_the_one_before()
    {
        string path = _folder.PathOf("again.png");
        for (byte value = 1; value < 20; value++)
        {
            Png.Write(path, Tensor.Create([value, (byte)2], [1, 2]));
            var expected = new MemoryStream();
            Png.Write(expected, Tensor.Create([value, (byte)2], [1, 2]));
            Assert.Equal(expected.ToArray(), File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void Numbers_are_scaled_from_their_range_to_black_and_white()
    {
        Png.WriteScaled(_folder.PathOf("a.png"), Tensor.Create([-1.0, 0, 1, double.NaN, 3, double.PositiveInfinity], [2, 3]));
        Assert.Equal([0, 64, 128, 0, 255, 255], Samples("a.png", rowBytes: 3));

        Png.WriteScaled(_folder.PathOf("b.png"), Tensor.Create([-1, 0, 5, 10, 20, 100], [2, 3]), range: (0, 10), bits: 16);
        Assert.Equal([0, 0, 0, 0, 0x80, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Samples("b.png", rowBytes: 6, pixelBytes: 2));

        Png.WriteScaled(_folder.PathOf("c.png"), Tensor.Create([7L, 7, 7, 7], [2, 2]));
        Assert.Equal([0, 0, 0, 0], Samples("c.png", rowBytes: 2));
    }

    [Fact]
    public void A_view_that_does_not_lie_dense_is_written_in_its_own_order()
    {
        Tensor<byte> whole = Tensor.Create([.. Enumerable.Range(0, 24).Select(i => (byte)i)], [4, 6]);
        Png.Write(_folder.PathOf("a.png"), whole.AsReadOnlyTensorSpan()[1..3, 2..5]);

        Assert.Equal([8, 9, 10, 14, 15, 16], Samples("a.png", rowBytes: 3));
    }

    [Fact]
    public void What_a_png_cannot_hold_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => Png.Write(_folder.PathOf("a.png"), Tensor.Create(new byte[8], [8])));
        Assert.Throws<NotSupportedException>(() => Png.Write(_folder.PathOf("a.png"), Tensor.Create(new byte[8], [2, 2, 2])));
        Assert.Throws<NotSupportedException>(() => Png.Write(_folder.PathOf("a.png"), Tensor.Create(Array.Empty<byte>(), [0, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Png.WriteScaled(_folder.PathOf("a.png"), Tensor.Create(new byte[4], [2, 2]), bits: 12));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    /// <summary>The samples of a PNG whose rows are filtered by none, left or above.</summary>
    private byte[] Samples(string file, int rowBytes, int pixelBytes = 1)
    {
        byte[] bytes = File.ReadAllBytes(_folder.PathOf(file));
        using var data = new MemoryStream();
        for (int at = 8; at < bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (bytes.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                data.Write(bytes, at + 8, length);
            at += length + 12;
        }

        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var filtered = new MemoryStream();
        zlib.CopyTo(filtered);
        byte[] rows = filtered.ToArray(), above = new byte[rowBytes];
        var samples = new List<byte>();
        for (int at = 0; at < rows.Length; at += rowBytes + 1)
        {
            byte[] row = rows[(at + 1)..(at + 1 + rowBytes)];
            for (int i = 0; i < rowBytes; i++)
                row[i] += rows[at] switch { 0 => (byte)0, 1 => i < pixelBytes ? (byte)0 : row[i - pixelBytes], _ => above[i] };
            samples.AddRange(row);
            above = row;
        }

        return [.. samples];
    }
}
