using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class TextWidthTests
{
    [Fact]
    public void A_text_is_as_wide_as_its_characters_together() =>
        Assert.Equal(TextWidth.Of("sum", 12) + TextWidth.Of("(0, 1)", 12), TextWidth.Of("sum(0, 1)", 12), 1e-9);

    [Fact]
    public void What_fits_stays_as_it_is() => Assert.Equal("sum (0, 1)", TextWidth.Fit("sum (0, 1)", 12, 100));

    [Fact]
    public void Line_breaks_and_tabs_become_single_spaces() => Assert.Equal("a b c", TextWidth.Fit("\n a\r\n\tb \u0001 c\n", 12, 100));

    [Fact]
    public void What_is_cut_ends_in_an_ellipsis_and_fits()
    {
        foreach (string label in RandomPictures.NastyLabels)
        {
            string cut = TextWidth.Fit(label, 12, 60);
            Assert.True(TextWidth.Of(cut, 12) <= 60, cut);
        }

        Assert.Equal("mmm…", TextWidth.Fit("mmmmmmmm", 12, 51));
    }

    [Fact]
    public void A_letter_keeps_its_accents_when_others_are_cut_off()
    {
        string letter = "e\u0301\u0302";
        string cut = TextWidth.Fit(string.Concat(Enumerable.Repeat(letter, 20)), 12, 60);
        Assert.Equal(string.Concat(Enumerable.Repeat(letter, (cut.Length - 1) / 3)) + "…", cut);
    }
}
