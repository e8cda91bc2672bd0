using System.Diagnostics;

namespace Tessera.Memory;

/// <summary>
/// Native memory rented from a <see cref="BlockPool"/>: 64-byte aligned, contents undefined at first. It has one owner at a time, who
/// disposes of it; disposing twice does nothing the second time, for the memory may be somebody else's by then.
/// </summary>
internal sealed class Block : IDisposable
{
    private readonly BlockPool _pool;
    private nint _address; // 0 once given back
    private bool _kept;

    internal Block(BlockPool pool, nint address, long bytes, int sizeClass) =>
        (_pool, _address, Bytes, SizeClass) = (pool, address, bytes, sizeClass);

    /// <summary>The bytes that were asked for.</summary>
    public long Bytes { get; }

    /// <summary>The class of the memory behind, which may be up to a quarter larger.</summary>
    internal int SizeClass { get; }

    /// <summary>Where the memory begins.</summary>
    public nint Address
    {
        get
        {
            Debug.Assert(_address != 0, "The block was given back.");
            return _address;
        }
    }

    /// <summary>All the bytes. A block of more than 2 GiB has no single span; take parts.</summary>
    public Span<byte> AsSpan() => AsSpan(0, checked((int)Bytes));

    /// <summary>Some of the bytes.</summary>
    public unsafe Span<byte> AsSpan(long offset, int length)
    {
        Debug.Assert(offset >= 0 && length >= 0 && length <= Bytes - offset, "The part lies in the block.");
        return new Span<byte>((void*)(Address + offset), length);
    }

    /// <summary>
    /// Says that the block outlives its run (a persisted array): it no longer counts against what the runs may take. Its owner alone calls
    /// this.
    /// </summary>
    public void Keep()
    {
        if (_kept)
            return;
        _kept = true;
        _pool.Keep(this);
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        nint address = Interlocked.Exchange(ref _address, 0);
        if (address != 0)
            _pool.Return(address, SizeClass, _kept);
    }
}
