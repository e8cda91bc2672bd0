namespace Tessera.Hdf5Format;

/// <summary>A dataset that another one refers to, found and described.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="Header">What it is.</param>
internal sealed record Opening(PathEnd Place, DatasetHeader Header)
{
    /// <summary>Its sizes; null where it is empty.</summary>
    public Shape? Shape => Header.Space.Shape;

    /// <summary>How messages call it.</summary>
    public string Name => $"'{Place.Path}' in '{Place.Structure.File.Name}'";

    /// <summary>Where the dataset of a name lies; null where its file or it itself isn't there.</summary>
    /// <param name="from">The file that refers to it.</param>
    /// <param name="file">The other file; "." is the same.</param>
    /// <param name="dataset">Its path there, in the exact spelling.</param>
    /// <exception cref="UnauthorizedAccessException">Its file may not be read.</exception>
    /// <exception cref="InvalidDataException">It isn't a dataset, or is damaged.</exception>
    public static PathEnd? Find(FileStructure from, string file, string dataset)
    {
        FileStructure? structure = file == "." ? from : from.Others.Find(file, from, out _);
        if (structure is null)
            return null;
        if (PathWalk.Find(PathEnd.RootOf(structure), dataset, out Lost lost, isExact: true) is not { } place)
            return lost.Refused is null ? null : throw new UnauthorizedAccessException($"'{dataset}' in '{structure.File.Name}' can't be read: {lost.Reason}.", lost.Refused);
        if (!DatasetHeader.IsDataset(place.Header))
            throw structure.Bytes.Damaged(FileBytes.Undefined, $"'{dataset}' is a source of a virtual dataset, and is no dataset");
        return place;
    }

    /// <summary>What a dataset is.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="chain">The virtual datasets that led to it.</param>
    public static Opening Describe(PathEnd place, string[] chain) =>
        new(place, DatasetHeader.Read(place.Structure, place.Header).Resolved(place.Structure, chain));
}
