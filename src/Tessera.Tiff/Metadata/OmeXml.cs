using System.Globalization;
using System.Xml;

namespace Tessera.TiffFormat;

/// <summary>Reads from OME-XML which pages are which planes of which image. What else it tells is left to its reader.</summary>
internal static class OmeXml
{
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };

    /// <summary>The images that have pages in the file, in order; null if this isn't OME-XML that tells them.</summary>
    /// <remarks>
    /// Each image has a page of its own and each element TiffData one at least, so of neither are more kept than the file can have. Twice as many
    /// elements are enough for <see cref="OmePages"/> to refuse them.
    /// </remarks>
    public static IReadOnlyList<OmeImage>? Parse(string text, OmeFiles files)
    {
        try
        {
            using XmlReader xml = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')), Safe);
            var images = new List<OmeImage>();
            string name = "", own = "";
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.LocalName == "BinaryOnly")
                    return null; // another file tells
                if (xml.LocalName == "OME")
                    own = xml.GetAttribute("UUID") ?? "";
                if (xml.LocalName == "Image")
                    name = xml.GetAttribute("Name") ?? "";
                if (xml.LocalName == "Pixels" && images.Count < files.Here.Pages.Count && Pixels(xml, name, own, files) is { } image)
                    images.Add(image);
            }

            return images.Count > 0 ? images : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static OmeImage? Pixels(XmlReader xml, string name, string own, OmeFiles files)
    {
        string order = xml.GetAttribute("DimensionOrder") ?? "XYZCT";
        if (order.Length != 5 || !order.StartsWith("XY", StringComparison.Ordinal) || !order[2..].Order().SequenceEqual("CTZ"))
            return null;
        var sizes = new Dictionary<char, long>();
        foreach (char axis in order)
            sizes[axis] = Number(xml, "Size" + axis) is > 0 and var size ? size : 1;

        TiffPixelSize? pixelSize = Length(xml, 'X') is { } x && Length(xml, 'Y') is { } y ? new(x, y, Length(xml, 'Z')) : null;
        int samples = 1, here = 0;
        bool first = true, same = true;
        var planes = new List<OmePlanes>();
        OmePlanes? last = null; // until the file that it is in was told
        using XmlReader inner = xml.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType == XmlNodeType.Text && last is not null && inner.Value.Trim() == own)
                last = last.Value with { File = null }; // the file that says this, whatever it is called by now
            if (inner.NodeType != XmlNodeType.Element)
                continue;
            if (inner.LocalName == "Channel")
            {
                int now = Number(inner, "SamplesPerPixel") ?? 1;
                same &= first || now == samples;
                (samples, first) = (now, false);
            }
            else if (inner.LocalName == "TiffData")
            {
                Take();
                last = Planes(inner);
            }
            else if (inner.LocalName == "UUID" && last is not null && inner.GetAttribute("FileName") is { } file)
            {
                last = last.Value with { File = file };
            }
        }

        Take();
        return here > 0 && same && samples > 0 && sizes['C'] % samples == 0 ? new OmeImage(name, order, sizes, samples, planes, pixelSize) : null;

        void Take()
        {
            if (last is { } one && (!files.IsHere(one.File) || here++ < 2 * files.Here.Pages.Count))
                planes.Add(one);
        }
    }

    private static OmePlanes Planes(XmlReader xml)
    {
        int? page = Number(xml, "IFD");
        int? count = Number(xml, "PlaneCount") ?? Number(xml, "NumPlanes") ?? (page is null ? null : 1);
        return new OmePlanes(page ?? 0, count is 0 ? null : count, new(Number(xml, "FirstZ") ?? 0, Number(xml, "FirstC") ?? 0, Number(xml, "FirstT") ?? 0), null);
    }

    /// <summary>The size of a pixel along an axis, in micrometres, which is the unit unless another one is given.</summary>
    private static double? Length(XmlReader xml, char axis) =>
        double.TryParse(xml.GetAttribute("PhysicalSize" + axis), NumberStyles.Float, CultureInfo.InvariantCulture, out double size)
            ? LengthUnit.Of(size, xml.GetAttribute($"PhysicalSize{axis}Unit") ?? "µm") : null;

    /// <summary>An attribute that is a count; null if it is missing or none.</summary>
    private static int? Number(XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
