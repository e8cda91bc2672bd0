using System.Globalization;
using System.Text;
using System.Xml;

namespace Tessera.TiffFormat;

/// <summary>OME-XML for the description of the first page, after the schema of June 2016: one image, whose planes are the pages in their order.</summary>
internal static class OmeDescription
{
    private const string Schema = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    /// <summary>Refuses what OME has no word for.</summary>
    /// <exception cref="NotSupportedException">It has no such type.</exception>
    public static void Check(ElementType element, SinkAxes axes)
    {
        if (NameOf(element) is null)
            throw new NotSupportedException($"The array is {element.Name}, and OME has integers of 8, 16 and 32 bits, float, double and bool; cast it, or leave Metadata out.");
        if (axes['T'] * axes['Z'] > int.MaxValue || axes['C'] * (axes.HasSamples ? axes.Shape[^1] : 1) > int.MaxValue)
            throw new NotSupportedException($"OME counts up to {int.MaxValue} planes; the array has the shape {axes.Shape}.");
    }

    /// <summary>The XML, in ASCII, which every reader of TIFF expects there.</summary>
    public static string Text(ElementType element, SinkAxes axes, TiffOptions options)
    {
        var text = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = Encoding.ASCII, OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize };
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("OME", Schema);
            xml.WriteAttributeString("xsi", "schemaLocation", "http://www.w3.org/2001/XMLSchema-instance", $"{Schema} {Schema}/ome.xsd");
            xml.WriteAttributeString("Creator", "Tessera");
            xml.WriteStartElement("Image");
            xml.WriteAttributeString("ID", "Image:0");
            if (options.Description is not null)
                xml.WriteElementString("Description", options.Description);
            WritePixels(xml, element, axes, options.PixelSize);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Encoding.ASCII.GetString(text.ToArray());
    }

    private static void WritePixels(XmlWriter xml, ElementType element, SinkAxes axes, TiffPixelSize? pixel)
    {
        long samples = axes.HasSamples ? axes.Shape[^1] : 1;
        xml.WriteStartElement("Pixels");
        Attribute("ID", "Pixels:0");
        Attribute("DimensionOrder", Order(axes));
        Attribute("Type", NameOf(element)!);
        Attribute("SizeX", axes['X']);
        Attribute("SizeY", axes['Y']);
        Attribute("SizeC", axes['C'] * samples);
        Attribute("SizeZ", axes['Z']);
        Attribute("SizeT", axes['T']);
        foreach ((char axis, double? size) in new[] { ('X', pixel?.X), ('Y', pixel?.Y), ('Z', pixel?.Z) })
        {
            if (size is not null)
            {
                Attribute($"PhysicalSize{axis}", size.Value);
                Attribute($"PhysicalSize{axis}Unit", "µm");
            }
        }

        Attribute("BigEndian", BitConverter.IsLittleEndian ? "false" : "true");
        if (samples > 1)
            Attribute("Interleaved", "true");
        for (long channel = 0; channel < axes['C']; channel++)
        {
            xml.WriteStartElement("Channel");
            Attribute("ID", $"Channel:0:{channel}");
            Attribute("SamplesPerPixel", samples);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("TiffData");
        Attribute("IFD", 0);
        Attribute("PlaneCount", axes['T'] * axes['Z'] * axes['C']);
        xml.WriteEndElement();
        xml.WriteEndElement();

        void Attribute(string name, IConvertible value) => xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>All five axes, fastest first; those that the array hasn't are slowest.</summary>
    private static string Order(SinkAxes axes)
    {
        string outer = axes.Letters[..axes.Outer];
        return "XY" + string.Concat(outer.Reverse()) + string.Concat("CZT".Where(axis => !outer.Contains(axis, StringComparison.Ordinal)));
    }

    private static string? NameOf(ElementType element) => element switch
    {
        ElementType.Boolean => "bit",
        ElementType.SByte => "int8",
        ElementType.Byte => "uint8",
        ElementType.Int16 => "int16",
        ElementType.UInt16 => "uint16",
        ElementType.Int32 => "int32",
        ElementType.UInt32 => "uint32",
        ElementType.Single => "float",
        ElementType.Double => "double",
        ElementType.Int64 or ElementType.UInt64 or ElementType.Half => null, // OME-XML has no name for them
        _ => throw new NotSupportedException($"There is no element type number {(int)element}. Use a member of {nameof(ElementType)}."),
    };
}
