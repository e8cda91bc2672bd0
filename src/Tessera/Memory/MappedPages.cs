using System.Collections.Concurrent;

namespace Tessera.Memory;

/// <summary>Another process's <see cref="SharedPages"/>, range by range as they are asked for. For one thread at a time.</summary>
internal sealed class MappedPages(string path) : IDisposable
{
    /// <summary>Beyond so many ranges all are unmapped; those that are still used are mapped anew.</summary>
    private const int Most = 4096;

    private static readonly ConcurrentDictionary<string, MappedPages> All = new();

    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    private readonly Dictionary<long, SharedView> _views = [];

    /// <summary>Those of a path; a process knows each once.</summary>
    public static MappedPages Of(string path) => All.GetOrAdd(path, static path => new MappedPages(path));

    /// <summary>A range that stays mapped until the view is released.</summary>
    public SharedView Map(long offset, long bytes) => new(_file, offset, bytes);

    /// <summary>Where a range begins in this process.</summary>
    public nint AddressOf(long offset, long bytes)
    {
        if (!_views.TryGetValue(offset, out SharedView? view))
            _views.Add(offset, view = Map(offset, bytes));
        return view.Address;
    }

    /// <summary>Between tasks: keeps the number of mappings in bounds.</summary>
    public void Trim()
    {
        if (_views.Count > Most)
            LetGo();
    }

    public void Dispose()
    {
        LetGo();
        _file.Dispose();
    }

    private void LetGo()
    {
        foreach (SharedView view in _views.Values)
            view.Dispose();
        _views.Clear();
    }
}
