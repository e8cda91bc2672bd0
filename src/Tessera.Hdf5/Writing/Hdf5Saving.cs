namespace Tessera.Hdf5Format;

/// <summary>Saves arrays into a file from beginning to end: a session, a sink for each array, one run, and the file takes its name.</summary>
internal static class Hdf5Saving
{
    public static void Save(string path, IReadOnlyList<Hdf5Output> outputs, ComputeOptions? compute)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CancellationToken cancellation = compute?.Cancellation ?? default;
        cancellation.ThrowIfCancellationRequested();
        using var turn = SaveTurn.Take(path, cancellation);
        bool inPlace = outputs.Any(output => output.Options.InPlace), latest = outputs.Any(output => output.Options.LatestFormat);
        using var session = WriteSession.OpenOrCreate(path, inPlace, latest);
        Run(session, outputs, compute);
        session.Commit();
    }

    public static void Run(WriteSession session, IReadOnlyList<Hdf5Output> outputs, ComputeOptions? compute) =>
        ChunkedArray.SaveAll([.. outputs.Select(output => output.To(session.Dataset(output.Dataset, output.ElementType, output.Shape, output.Options)))], compute);

    public static void Append<T>(string path, string dataset, ChunkedArray<T> array, int axis, ComputeOptions? compute, bool inPlace)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' was to be appended to, and there is no such file; save the first part with SaveHdf5 and MaxShape.", path);
        using var turn = SaveTurn.Take(path, compute?.Cancellation ?? default);
        using var session = WriteSession.OpenOrCreate(path, inPlace);
        array.Save(session.Append(dataset, array.ElementType, array.Shape, axis), compute);
        session.Commit();
    }
}
