using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>
/// Cultures: by their name, and with their formats where these aren't those that every process knows by the name: they may be the program's own, or a user's
/// choices in the system's settings. So does the separator of lists; other ways of writing and comparing texts can't be set and go by the name.
/// </summary>
internal static class CultureCodec
{
    private static readonly ConditionalWeakTable<CultureInfo, object> Plain = [];

    public static ObjectCodec Make() => new MadeCodec<CultureInfo>(Write, Read);

    private static void Write(MessageWriter writer, CultureInfo culture)
    {
        bool isPlain = IsPlain(culture);
        writer.WriteText(culture.Name);
        writer.WriteRaw(isPlain);
        if (!isPlain)
            writer.WriteWhole(culture, new OwnCulture(culture.Name, culture.NumberFormat, culture.DateTimeFormat, culture.TextInfo.ListSeparator, culture.IsReadOnly));
    }

    private static CultureInfo Read(MessageReader reader)
    {
        string name = reader.ReadText();
        return reader.ReadRaw<bool>() ? Known(name) : (CultureInfo)reader.ReadReplaced();
    }

    private static CultureInfo Known(string name) => name == "" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(name);

    /// <summary>True for one that can't be changed and is what its name says. Found out once for each: it takes a comparison of some hundred values.</summary>
    private static bool IsPlain(CultureInfo culture)
    {
        if (!culture.IsReadOnly)
            return false;
        CultureInfo known = Known(culture.Name);
        if (ReferenceEquals(culture, known) || Plain.TryGetValue(culture, out _))
            return true;
        bool isPlain = HasSameValues(culture.NumberFormat, known.NumberFormat)
            && HasSameValues(culture.DateTimeFormat, known.DateTimeFormat)
            && culture.TextInfo.ListSeparator == known.TextInfo.ListSeparator;
        if (isPlain)
            Plain.AddOrUpdate(culture, culture.Name);
        return isPlain;
    }

    private static bool HasSameValues<T>(T formats, T others) => Array.TrueForAll(
        typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public),
        property => (property.GetValue(formats), property.GetValue(others)) switch
        {
            (Array values, Array known) => values.Cast<object>().SequenceEqual(known.Cast<object>()),
            (Calendar calendar, Calendar known) => calendar.GetType() == known.GetType() && calendar.TwoDigitYearMax == known.TwoDigitYearMax,
            var (value, known) => Equals(value, known),
        });

    private sealed class OwnCulture(string name, NumberFormatInfo numbers, DateTimeFormatInfo days, string listSeparator, bool isReadOnly) : ITravelForm<object>
    {
        public object Open()
        {
            var culture = new CultureInfo(name) { NumberFormat = numbers, DateTimeFormat = days };
            culture.TextInfo.ListSeparator = listSeparator;
            return isReadOnly ? CultureInfo.ReadOnly(culture) : culture;
        }
    }
}
