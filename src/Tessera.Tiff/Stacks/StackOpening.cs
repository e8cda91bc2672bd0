using System.Runtime.ExceptionServices;

namespace Tessera.TiffFormat;

/// <summary>Opens the files of a stack, reading only their headers, several at a time; frames keep the order of the files and of the pages in them.</summary>
internal static class StackOpening
{
    // Opening waits for the file system more than it computes; on network drives much more.
    // Each thread keeps a file open beyond the limit for a moment, so where files are few, threads are: 64 at the usual limit of 512 files.
    private static readonly ParallelOptions Several = new()
    {
        MaxDegreeOfParallelism = Math.Clamp(4 * Environment.ProcessorCount, 8, Math.Max(8, OpenFiles.Shared.Limit / 8)),
    };

    /// <summary>A stack of the pages of the files that the options choose.</summary>
    public static TiffStackSource Open(string name, IReadOnlyList<string> paths, ElementType asked, TiffReadOptions options)
    {
        var sets = new IReadOnlyList<PlaneSet>[paths.Count];
        try
        {
            Parallel.For(0, paths.Count, Several, i => sets[i] = FileFrames.Of(new ReadOnlyFile(paths[i], OpenFiles.Shared), options));
        }
        catch (AggregateException several)
        {
            // One file's complaint, with the type that it has everywhere else, is worth more than a list of a thousand.
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }

        var source = new TiffStackSource(name, new FrameList(sets.SelectMany(inFile => inFile)).ReadAs(asked));
        if (source.ElementType != asked)
            sets[0][0].First.RequireType(asked);
        return source;
    }
}
