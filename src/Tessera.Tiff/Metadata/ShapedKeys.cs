using System.Text.Json;

namespace Tessera.TiffFormat;

/// <summary>What tifffile says in the description of a series' first page: <c>{"shape": [5, 16, 20], "axes": "ZYX", "truncated": true}</c>.</summary>
/// <param name="Shape">The sizes of the whole series.</param>
/// <param name="Axes">A letter for each of them, or null.</param>
/// <param name="Name">What the series is called, or null.</param>
/// <param name="IsTruncated">Whether one directory stands for the whole series.</param>
internal sealed record ShapedKeys(Shape Shape, string? Axes, string? Name, bool IsTruncated)
{
    private const int MostAxes = 32;

    /// <summary>Whether a description is, by its looks, tifffile's.</summary>
    public static bool Begins(ReadOnlySpan<byte> description) => description.StartsWith("{"u8) && description.IndexOf("\"shape\":"u8) > 0;

    /// <summary>What a description says; null if it isn't tifffile's after all.</summary>
    public static ShapedKeys? Parse(string description)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(description, new JsonDocumentOptions { MaxDepth = 16 });
            if (!json.RootElement.TryGetProperty("shape", out JsonElement sizes) || sizes.ValueKind != JsonValueKind.Array)
                return null;

            Shape shape = Tessera.Shape.Create([.. sizes.EnumerateArray().Select(size => size.GetInt64())]);
            string? axes = Text(json.RootElement, "axes");
            bool truncated = json.RootElement.TryGetProperty("truncated", out JsonElement said) && said.ValueKind == JsonValueKind.True;
            return shape.Rank is 0 or > MostAxes ? null : new ShapedKeys(shape, axes?.Length == shape.Rank ? axes : null, Text(json.RootElement, "name"), truncated);
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return null; // it only looked like it
        }
    }

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
