namespace Tessera.TiffFormat;

/// <summary>What a page says of planes that it stands for, itself included, though it is one directory: more than one.</summary>
/// <param name="Planes">How many; <see cref="long.MaxValue"/> for more than can be.</param>
/// <param name="By">Who says so, for messages.</param>
internal sealed record PlaneClaim(long Planes, string By)
{
    /// <summary>The claim of a directory, or null if it stands for itself, and whether it has a shape of tifffile's.</summary>
    public static (PlaneClaim? Claim, bool IsShaped) Read(TagDirectory tags, PageLayout layout)
    {
        try
        {
            if (tags.Find(TiffTag.MetaMorphPlanes) is { Count: > 1 } planes)
                return (new PlaneClaim(planes.Count, "MetaMorph's tag UIC2 (33629)"), false);
            if (tags.Find(TiffTag.ImageDescription) is null)
                return (null, false);
            if (tags.Page.Page == 0 && PageDescription.ImageJ(tags) is { } keys)
                return (OfMany(CountPlanes(keys, layout), "ImageJ's description"), false);
            return PageDescription.Shaped(tags) is { } shaped ? (OfMany(CountPlanes(shaped, layout), $"the description ({shaped.Shape})"), true) : (null, false);
        }
        catch (InvalidDataException)
        {
            return (null, false); // a description that can't be read says nothing
        }
    }

    /// <summary>How many pages an ImageJ hyperstack has: channels may be samples of the page.</summary>
    public static long CountPlanes(ImageJKeys keys, PageLayout layout)
    {
        bool channelsAreSamples = layout.Samples == keys.Channels && (layout.IsPlanar || keys.Images == Product(keys.Frames, keys.Slices));
        long planes = Product(Product(keys.Frames, keys.Slices), channelsAreSamples ? 1 : keys.Channels);
        return planes == 1 ? (channelsAreSamples ? 1 : keys.Images) : planes;
    }

    /// <summary>How many pages a shape of tifffile's is; 1 if the page doesn't divide it.</summary>
    public static long CountPlanes(ShapedKeys keys, PageLayout layout)
    {
        long page = layout.Shape.Length, whole = keys.Shape.Length;
        return whole % page == 0 ? Math.Max(1, whole / page) : 1;
    }

    private static PlaneClaim? OfMany(long planes, string by) => planes > 1 ? new PlaneClaim(planes, by) : null;

    private static long Product(long left, long right) => left > long.MaxValue / right ? long.MaxValue : left * right;
}
