namespace Tessera.TiffFormat;

/// <summary>Letters for the axes of a shape that isn't cut as its pages are.</summary>
internal static class ShapedAxes
{
    /// <summary>From the last axis on, those that are as long as the page's have its letters; all others, and axes of one, are Q.</summary>
    public static string Of(Shape shape, Shape page, string pageAxes)
    {
        var letters = new char[shape.Rank];
        int axis = page.Rank - 1;
        bool matches = true;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            letters[i] = 'Q';
            if (!matches || axis < 0 || (shape[i] == 1 && page[axis] != 1))
                continue;
            matches = shape[i] == page[axis];
            if (matches)
                letters[i] = pageAxes[axis--];
        }

        return new string(letters);
    }
}
