using System.IO.MemoryMappedFiles;

namespace Tessera.Memory;

/// <summary>A range of a file, mapped into this process until the view is released.</summary>
internal sealed unsafe class SharedView : IDisposable
{
    private readonly MemoryMappedViewAccessor? _accessor;
    private int _isGone;

    /// <param name="file">Is long enough.</param>
    /// <param name="offset">A multiple of a page.</param>
    /// <param name="bytes">More than 0.</param>
    /// <exception cref="IOException">There is no memory left to map.</exception>
    public SharedView(FileStream file, long offset, long bytes)
    {
        (Offset, Bytes) = (offset, bytes);
        if (OperatingSystem.IsLinux())
        {
            Address = Libc.MapFile(0, (nuint)bytes, Libc.ReadWrite, Libc.Shared, file.SafeFileHandle, (nint)offset);
            if (Address == -1)
                throw new IOException($"{bytes} bytes of shared memory could not be mapped.");
            return;
        }

        _accessor = View(file, offset, bytes);
        byte* start = null;
        _accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Address = (nint)(start + _accessor.PointerOffset);
    }

    ~SharedView() => Dispose();

    public nint Address { get; }

    public long Offset { get; }

    public long Bytes { get; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref _isGone, 1) == 1 || Address is 0 or -1)
            return;
        if (_accessor is null)
        {
            Libc.Unmap(Address, (nuint)Bytes);
            return;
        }

        _accessor.SafeMemoryMappedViewHandle.ReleasePointer();
        _accessor.Dispose();
    }

    private static MemoryMappedViewAccessor View(FileStream file, long offset, long bytes)
    {
        while (true)
        {
            try
            {
                using var whole = MemoryMappedFile.CreateFromFile(file, null, file.Length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
                return whole.CreateViewAccessor(offset, bytes);
            }
            catch (ArgumentOutOfRangeException) when (offset + bytes <= file.Length)
            {
                // Its owner has just made it longer.
            }
        }
    }
}
