using Tessera;
using Tessera.RealFiles;

// Holds what Tessera reads of a folder's TIFF and HDF5 files against tifffile and h5py, page by page and dataset by dataset.
//     dotnet run -c Release --project tests/RealFiles -- FOLDER
// Ends with 1 if something is read differently, or if an exception isn't one of those that the readers name. What only the others read is listed.
if (args is not [string folder])
{
    Console.Error.WriteLine("Give a folder of TIFF and HDF5 files.");
    return 2;
}

var verdicts = new SortedDictionary<string, int>();
var refusals = new SortedDictionary<string, List<string>>();
foreach (Item item in Oracle.Read(folder))
{
    string found = Verdict(item, out string? detail);
    verdicts[found] = verdicts.GetValueOrDefault(found) + 1;
    if (detail is not null)
        (refusals.TryGetValue(found, out List<string>? list) ? list : refusals[found] = []).Add($"{item.File} {item.Name}: {detail}");
}

foreach ((string kind, List<string> lines) in refusals)
{
    Console.WriteLine($"== {kind}");
    lines.ForEach(Console.WriteLine);
}

foreach ((string kind, int count) in verdicts)
    Console.WriteLine($"{count,6} {kind}");
return verdicts.Keys.Any(kind => kind is Verdicts.Different or Verdicts.Unnamed) ? 1 : 0;

static string Verdict(Item item, out string? detail)
{
    detail = null;
    try
    {
        (long[] shape, string type, string hash) = Ours.Read(item.File, item.Name);
        if (item.Error is not null)
            return Verdicts.OnlyOurs;
        if (type == item.Type && hash == item.Sha1 && shape.SequenceEqual(item.Shape!))
            return Verdicts.Same;
        detail = $"({string.Join(", ", shape)}) of {type}, {hash[..8]}; the others say ({string.Join(", ", item.Shape!)}) of {item.Type}, {item.Sha1![..8]}";
        return Verdicts.Different;
    }
    catch (Exception thrown)
    {
        Exception failure = thrown is ComputationException { InnerException: { } cause } ? cause : thrown;
        bool isNamed = failure is IOException or InvalidDataException or NotSupportedException or KeyNotFoundException;
        detail = $"{failure.GetType().Name}: {failure.Message}" + (isNamed ? "" : $"\n{failure.StackTrace}");
        if (!isNamed)
            return Verdicts.Unnamed;
        if (item.Error is null)
            return Verdicts.OnlyTheirs;
        detail = null;
        return Verdicts.Neither;
    }
}
