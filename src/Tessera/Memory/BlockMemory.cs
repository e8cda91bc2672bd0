using System.Buffers;

namespace Tessera.Memory;

/// <summary>A part of a block as memory that asynchronous reads and writes take. Disposed of, it gives no more spans: the block may be somebody else's by then.</summary>
/// <param name="address">Of the first byte.</param>
/// <param name="length">In bytes.</param>
internal sealed unsafe class BlockMemory(nint address, int length) : MemoryManager<byte>
{
    private volatile bool _isOver;

    public override Span<byte> GetSpan() => new(Start(), length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
        return new MemoryHandle(Start() + elementIndex, pinnable: this); // it never moves
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _isOver = true;

    private byte* Start() => !_isOver
        ? (byte*)address
        : throw new ObjectDisposedException("the memory of a read or write", "Memory was used after the read or write that it was given for was done. Copy what is needed later.");
}
