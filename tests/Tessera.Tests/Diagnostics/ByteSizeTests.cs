using Tessera.Diagnostics;

namespace Tessera.Tests.Diagnostics;

public class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1, "1 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(102_348, "99.9 KiB")]
    [InlineData(102_389, "100 KiB")]
    [InlineData(1_048_575, "1 MiB")]
    [InlineData(134_217_728, "128 MiB")]
    [InlineData(4_194_304_000, "3.9 GiB")]
    [InlineData(long.MaxValue, "8 EiB")]
    [InlineData(-2048, "-2 KiB")]
    public void Bytes_are_written_with_the_unit_that_suits_them(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));
}
