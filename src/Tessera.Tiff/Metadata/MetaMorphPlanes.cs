namespace Tessera.TiffFormat;

/// <summary>What MetaMorph's tag UIC2 tells of the planes of a stack: six numbers each, of which the first two are a distance along z as a fraction and the fourth a time.</summary>
internal static class MetaMorphPlanes
{
    private const int Numbers = 6, NumberBytes = 4, MostPlanes = 1 << 20;

    /// <summary>Which axis the planes are along: Z if all have a distance, T if each has another time than the one before, else I.</summary>
    public static char Axis(TagDirectory tags)
    {
        Field field = tags.Need(TiffTag.MetaMorphPlanes);
        if (field.Count is < 2 or > MostPlanes)
            return 'I';

        bool deep = true, timed = true;
        long before = 0;
        for (int plane = 0; plane < field.Count; plane++)
        {
            long at = field.ValuesAt + ((long)plane * Numbers * NumberBytes);
            long time = tags.UnsignedAt(at + (3 * NumberBytes), NumberBytes);
            deep &= tags.UnsignedAt(at, NumberBytes) != 0;
            timed &= plane == 0 || time != before;
            before = time;
        }

        return deep ? 'Z' : timed ? 'T' : 'I';
    }
}
