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
        using var session = WriteSession.OpenOrCreate(path, inPlace, latest, look => GiveUp(SinksOf(look, outputs)));
        Run(session, outputs, compute);
        session.Commit();
    }

    /// <summary>Computes arrays into datasets of a session, which can go on after a failure: what wasn't whole by then isn't in it.</summary>
    public static void Run(WriteSession session, IReadOnlyList<Hdf5Output> outputs, ComputeOptions? compute)
    {
        List<IBlockSink> sinks = SinksOf(session, outputs);
        try
        {
            ChunkedArray.SaveAll([.. outputs.Zip(sinks, (output, sink) => output.To(sink))], compute);
        }
        finally
        {
            GiveUp(sinks); // of those that are completed, there is nothing to give up
        }
    }

    public static void Append<T>(string path, string dataset, ChunkedArray<T> array, int axis, ComputeOptions? compute, bool inPlace)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var turn = SaveTurn.Take(path, compute?.Cancellation ?? default);
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' was to be appended to, and there is no such file; save the first part with SaveHdf5 and MaxShape.", path);
        using var session = WriteSession.OpenOrCreate(path, inPlace, check: look => look.Append(dataset, array.ElementType, array.Shape, axis).Abandon());
        Append(session, dataset, array, axis, compute);
        session.Commit();
    }

    /// <summary>Computes what comes on into a dataset of a session, which can go on after a failure.</summary>
    public static void Append<T>(WriteSession session, string dataset, ChunkedArray<T> array, int axis, ComputeOptions? compute)
        where T : unmanaged
    {
        IBlockSink sink = session.Append(dataset, array.ElementType, array.Shape, axis);
        try
        {
            array.Save(sink, compute);
        }
        finally
        {
            sink.Abandon(); // where it is completed, there is nothing to give up
        }
    }

    private static List<IBlockSink> SinksOf(WriteSession session, IReadOnlyList<Hdf5Output> outputs)
    {
        var sinks = new List<IBlockSink>();
        try
        {
            foreach (Hdf5Output output in outputs)
                sinks.Add(session.Dataset(output.Dataset, output.ElementType, output.Shape, output.Options));
            return sinks;
        }
        catch
        {
            GiveUp(sinks);
            throw;
        }
    }

    /// <summary>All of them, and quietly: why they are given up is what is told.</summary>
    private static void GiveUp(List<IBlockSink> sinks)
    {
        foreach (IBlockSink sink in sinks)
        {
            try
            {
                sink.Abandon();
            }
            catch (IOException)
            {
                // the session's commit tells, where it matters
            }
        }
    }
}
