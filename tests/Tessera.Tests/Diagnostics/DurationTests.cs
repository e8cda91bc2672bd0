using Tessera.Diagnostics;

namespace Tessera.Tests.Diagnostics;

public class DurationTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.0421, "42 ms")]
    [InlineData(0.9999, "1.0 s")]
    [InlineData(3.66, "3.7 s")]
    [InlineData(9.97, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.7, "1 min 00 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(3599.9, "1 h 00 min")]
    [InlineData(7600, "2 h 07 min")]
    public void Times_are_written_with_the_units_that_suit_them(double seconds, string text) =>
        Assert.Equal(text, Duration.Format(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(3, "0.3 µs")]
    [InlineData(99, "9.9 µs")]
    [InlineData(1234, "123 µs")]
    [InlineData(9996, "1.0 ms")]
    [InlineData(71_234, "7.1 ms")]
    [InlineData(99_600, "10 ms")]
    [InlineData(36_600_000, "3.7 s")]
    public void Short_times_are_written_with_the_units_that_suit_them(long ticks, string text) =>
        Assert.Equal(text, Duration.FormatShort(new TimeSpan(ticks)));
}
