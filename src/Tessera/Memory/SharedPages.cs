using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Memory;

/// <summary>
/// Memory that other processes can map as well. It is one sparse file that is never written to a disk where the operating system has such (Linux: it has no name,
/// and is gone with the last process that holds it); a block is a range of it, and its offset is its name for the others.
/// </summary>
/// <example>
/// Take(1 MiB) maps [0, 1 MiB) of the file, Take(64 KiB) the 64 KiB behind. Give the first back: its pages go back to the operating system, and its
/// range stays a hole, since offsets are plentiful.
/// </example>
internal sealed class SharedPages : IPages, IDisposable
{
    private const long Page = 4096;

    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<nint, SharedView> _views = [];
    private long _end;

    public SharedPages()
    {
        if (OperatingSystem.IsLinux())
        {
            int file = Libc.CreateMemoryFile("tessera", Libc.CloseOnExec);
            if (file < 0)
                throw new InsufficientMemoryException($"The operating system gives no memory to share with processes (memfd_create, error {Marshal.GetLastPInvokeError()}).");
            _file = new FileStream(new SafeFileHandle(file, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
            Path = $"/proc/{Environment.ProcessId}/fd/{file}";
        }
        else
        {
            Path = System.IO.Path.GetTempFileName();
            _file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.DeleteOnClose);
        }
    }

    /// <summary>How another process of this user opens it, as long as this one lives.</summary>
    public string Path { get; }

    public nint Take(long bytes)
    {
        long size = (Math.Max(bytes, 1) + Page - 1) / Page * Page;
        lock (_gate)
        {
            try
            {
                _file.SetLength(_end + size);
                var view = new SharedView(_file, _end, size);
                _end += size;
                _views.Add(view.Address, view);
                return view.Address;
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    public void Give(nint address, long bytes)
    {
        lock (_gate)
        {
            _views.Remove(address, out SharedView? view);
            view!.Dispose();
            if (OperatingSystem.IsLinux())
                Libc.Allocate(_file.SafeFileHandle, Libc.PunchHole, view.Offset, view.Bytes);
        }
    }

    /// <summary>The name of memory for other processes: where it begins in the file.</summary>
    /// <param name="address">What <see cref="Take"/> gave.</param>
    public (long Offset, long Bytes) RangeOf(nint address)
    {
        lock (_gate)
            return (_views[address].Offset, _views[address].Bytes);
    }

    public void Dispose()
    {
        foreach (SharedView view in _views.Values)
            view.Dispose();
        _file.Dispose();
    }
}
