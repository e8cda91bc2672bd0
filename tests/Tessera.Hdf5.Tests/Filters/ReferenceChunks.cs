using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Hdf5Format.Tests;

/// <summary>A chunk with its filters, as Oracles/filters.py writes and reads them.</summary>
public sealed record ChunkCase(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("filters")] FilterCase[] Filters,
    [property: JsonPropertyName("mask")] uint Mask)
{
    /// <summary>Bytes of an element, where the reference library reads the chunk.</summary>
    [JsonPropertyName("elementSize")]
    public int ElementSize { get; init; } = 1;

    [JsonIgnore]
    public byte[] Stored { get; init; } = [];

    [JsonIgnore]
    public byte[] Raw { get; init; } = [];

    internal FilterPipeline Pipeline => new([.. Filters.Select(filter => new FilterSpec(filter.Id, filter.Name, filter.IsOptional, filter.Parameters))]);
}

/// <summary>A filter in such a file.</summary>
public sealed record FilterCase(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("optional")] bool IsOptional,
    [property: JsonPropertyName("parameters")] uint[] Parameters);

/// <summary>Chunks that the reference library and its plug-ins wrote, made once for all tests.</summary>
public sealed class ReferenceChunks : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Lazy<ChunkCase[]> _cases;
    private readonly HashSet<string> _missing = [];

    public ReferenceChunks() => _cases = new(Make);

    /// <summary>The chunks of all filters that are installed, here and with the reference library. Skips the test where there is no Python.</summary>
    public ChunkCase[] All => _cases.Value;

    /// <summary>The filters that aren't.</summary>
    public string Missing => All.Length > 0 ? string.Join("; ", _missing) : "";

    public void Dispose() => _folder.Dispose();

    private ChunkCase[] Make()
    {
        string unwritten = Python.Run("filters.py", "write", _folder.Path);
        if (unwritten.Length > 0)
            _missing.Add($"for the reference library: {unwritten.Replace('\n', ' ')}");
        ChunkCase[] cases = JsonSerializer.Deserialize<ChunkCase[]>(File.ReadAllText(_folder.PathOf("cases.json")))!;
        return [.. cases.Select(Load).Where(IsInstalled)];
    }

    private ChunkCase Load(ChunkCase chunk) => chunk with
    {
        Stored = File.ReadAllBytes(_folder.PathOf(chunk.Name + ".stored")),
        Raw = File.ReadAllBytes(_folder.PathOf(chunk.Name + ".raw")),
    };

    private bool IsInstalled(ChunkCase chunk)
    {
        try
        {
            chunk.Pipeline.Decode(chunk.Stored, chunk.Mask, new byte[chunk.Raw.Length]);
        }
        catch (NotSupportedException missing)
        {
            _missing.Add(missing.Message);
            return false;
        }
        catch (FilterException)
        {
            // a test says what is wrong
        }

        return true;
    }
}
