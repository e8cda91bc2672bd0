using System.IO.MemoryMappedFiles;

namespace Tessera.Pools;

/// <summary>
/// A page of memory that a worker process shares with its parent, for what can't wait for a message: how far the worker is, should it die, and what is
/// no longer wanted of it.
/// </summary>
internal sealed unsafe class ControlPage : IDisposable
{
    private const int Bytes = 4096;
    private const int ItemOffset = 64; // on a cache line of its own
    private const int QuestionsOffset = ItemOffset + sizeof(long);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _page;

    private ControlPage(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, Bytes);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _page);
    }

    /// <summary>Inputs of the job from this one on aren't to be begun. The parent writes it.</summary>
    public long StopAt
    {
        get => Volatile.Read(ref *(long*)_page);
        set => Volatile.Write(ref *(long*)_page, value);
    }

    /// <summary>How many questions the worker has begun with. The worker writes it.</summary>
    public long Questions
    {
        get => Volatile.Read(ref *(long*)(_page + QuestionsOffset));
        set => Volatile.Write(ref *(long*)(_page + QuestionsOffset), value);
    }

    /// <summary>Which input of its batch the worker is at; negative before the first, their number after the last. The worker writes it.</summary>
    public long Item
    {
        get => Volatile.Read(ref *(long*)(_page + ItemOffset));
        set => Volatile.Write(ref *(long*)(_page + ItemOffset), value);
    }

    public static ControlPage Create(string path) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, Bytes, MemoryMappedFileAccess.ReadWrite));

    public static ControlPage Open(string path) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, Bytes, MemoryMappedFileAccess.ReadWrite));

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
