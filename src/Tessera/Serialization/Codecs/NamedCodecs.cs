using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tessera.Serialization;

/// <summary>Objects of the platform that every process finds or makes by a name.</summary>
internal static class NamedCodecs
{
    /// <summary>Null where a type isn't one of them.</summary>
    public static ObjectCodec? For(Type type) => type.FullName switch
    {
        "System.Uri" => Uri(),
        "System.TimeZoneInfo" => TimeZone(),
        "System.Globalization.CultureInfo" => CultureCodec.Make(),
        "System.Globalization.CompareInfo" => Compare(),
        "System.Globalization.TextInfo" => Text(),
        "System.Threading.Lock" => new MadeCodec<Lock>(static (_, _) => { }, static _ => new Lock()),
        "System.Text.RegularExpressions.Regex" => Pattern(),
        "System.Xml.Linq.XName" => ElementName(),
        "System.Xml.Linq.XNamespace" => Namespace(),
        _ when type.Namespace != "System" && typeof(Encoding).IsAssignableFrom(type) && type.Assembly != typeof(object).Assembly => CodePage(),
        _ => null,
    };

    private static ObjectCodec Uri() => new MadeCodec<Uri>(
        static (writer, uri) =>
        {
            // options and base addresses that the text doesn't tell
            var copy = new Uri(uri.OriginalString, UriKind.RelativeOrAbsolute);
            if (copy.IsAbsoluteUri != uri.IsAbsoluteUri || !copy.Equals(uri) || copy.ToString() != uri.ToString())
                writer.Refuse(typeof(Uri), Refusals.Unknown);
            writer.WriteText(uri.OriginalString);
        },
        static reader => new Uri(reader.ReadText(), UriKind.RelativeOrAbsolute));

    private static ObjectCodec TimeZone() => new MadeCodec<TimeZoneInfo>(
        static (writer, zone) =>
        {
            bool isKnown = TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out TimeZoneInfo? known) && known.HasSameRules(zone);
            writer.WriteRaw(ReferenceEquals(zone, TimeZoneInfo.Utc) ? 'u' : ReferenceEquals(zone, TimeZoneInfo.Local) ? 'l' : isKnown ? 'k' : 'o');
            writer.WriteText(isKnown ? zone.Id : zone.ToSerializedString());
        },
        static reader =>
        {
            char kind = reader.ReadRaw<char>();
            string text = reader.ReadText();
            if (kind == 'u')
                return TimeZoneInfo.Utc;
            if (kind == 'l' && TimeZoneInfo.Local.Id == text)
                return TimeZoneInfo.Local;
            return TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? known) ? known : TimeZoneInfo.FromSerializedString(text);
        });

    private static ObjectCodec Compare() => new MadeCodec<CompareInfo>(
        static (writer, compare) => writer.WriteText(compare.Name),
        static reader => CompareInfo.GetCompareInfo(reader.ReadText()));

    private static ObjectCodec Text() => new MadeCodec<TextInfo>(
        static (writer, text) => writer.WriteText(text.CultureName),
        static reader => CultureInfo.GetCultureInfo(reader.ReadText()).TextInfo);

    private static ObjectCodec Pattern() => new MadeCodec<Regex>(
        static (writer, regex) =>
        {
            writer.WriteText(regex.ToString());
            writer.WriteRaw(regex.Options);
            writer.WriteRaw(regex.MatchTimeout);
        },
        static reader => new Regex(reader.ReadText(), reader.ReadRaw<RegexOptions>(), reader.ReadRaw<TimeSpan>()));

    /// <remarks>Names are compared by reference.</remarks>
    private static ObjectCodec ElementName() => new MadeCodec<XName>(
        static (writer, name) => writer.WriteText(name.ToString()),
        static reader => XName.Get(reader.ReadText()));

    private static ObjectCodec Namespace() => new MadeCodec<XNamespace>(
        static (writer, name) => writer.WriteText(name.NamespaceName),
        static reader => XNamespace.Get(reader.ReadText()));

    /// <summary>Encodings of a provider, which the receiving process must have registered too.</summary>
    private static ObjectCodec CodePage() => new ReplacedCodec(static value =>
        new CodePageEncoding(((Encoding)value).CodePage, ((Encoding)value).EncoderFallback, ((Encoding)value).DecoderFallback));

    private sealed class CodePageEncoding(int codePage, EncoderFallback encoder, DecoderFallback decoder) : ITravelForm<object>
    {
        public object Open() => Encoding.GetEncoding(codePage, encoder, decoder);
    }
}
