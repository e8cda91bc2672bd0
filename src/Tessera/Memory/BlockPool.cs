using System.Diagnostics;
using Tessera.Diagnostics;

namespace Tessera.Memory;

/// <summary>
/// Rents native memory and keeps what comes back for the next who asks, since the first touch of fresh pages is several times slower than
/// memory itself. Blocks of one <see cref="SizeClass"/> replace one another; the one returned last, whose bytes may still be in the
/// processor's cache, is rented first.
/// </summary>
/// <remarks>
/// <para>
/// How much it keeps. While runs are on, rented and cached bytes together stay within the sum of what the runs were allowed, and within what they share, as far as
/// the rented ones leave room; otherwise the cached bytes stay within the limit given to the constructor. Where that is exceeded, the size
/// class that has been idle the longest goes back to the operating system first. And memory that no run has asked for in some seconds goes back while
/// none is on: a loop of computations finds what the turn before used, and a program that is done with arrays is small again.
/// </para>
/// <para>
/// Example, one run allowed 100 MiB: A and B of 40 MiB are rented, A is returned (rented 40, cached 40). Asking for 40 MiB again gives A's
/// memory. Asking for 48 MiB instead finds none of that class and would hold 128: A's memory is freed, then 48 MiB are mapped.
/// </para>
/// </remarks>
internal sealed partial class BlockPool
{
    /// <summary>So many blocks are looked at for one that is wanted: as many as there are workers that give some back in between, mostly.</summary>
    private const int MostLooks = 8;

    private static readonly long HalfOfMemory = MachineMemory.TotalBytes / 2; // what runs share, unless one was allowed more

    private readonly IPages _pages;
    private readonly TimeProvider _time;
    private readonly ITimer _timer; // set while something is cached
    private readonly Lock _gate = new();
    private readonly List<(nint Address, long Since)>[] _cached = [.. Enumerable.Range(0, SizeClass.Count).Select(_ => new List<(nint, long)>())]; // the last one returned last
    private readonly long[] _lastUse = new long[SizeClass.Count]; // of each class, counted in rents and returns
    private long _clock;
    private long _rentedBytes;
    private long _mostRunBytes; // at a time, since it was asked for
    private long _keptBytes; // the part of the rented bytes that no run accounts for
    private long _cachedBytes;
    private long _allowedBytes, _mostAllowed; // in all, and by one run since none was on
    private int _rentedBlocks;
    private int _runs;

    public BlockPool(long idleBytes, IPages? pages = null, TimeProvider? time = null)
    {
        (IdleBytes, _pages, _time) = (idleBytes, pages ?? NativePages.Instance, time ?? TimeProvider.System);
        _timer = UnsetTimer();
    }

    /// <summary>What a pool keeps where memory is small, and in worker processes, of which there may be many.</summary>
    public const long LeastIdleBytes = 512L << 20;

    /// <summary>
    /// The pool of the process. Between runs it keeps up to 512 MiB, or a sixteenth of a larger memory and 2 GiB at most, so that a persisted array which
    /// takes the place of one that was released needs no fresh pages. Worker processes keep <see cref="LeastIdleBytes"/>.
    /// </summary>
    public static BlockPool Shared { get; } = new(Math.Clamp(MachineMemory.TotalBytes / 16, LeastIdleBytes, 4 * LeastIdleBytes));

    /// <summary>The bytes that stay cached while no run is on.</summary>
    public long IdleBytes { get; set; }

    /// <summary>Blocks rented and not yet given back.</summary>
    public int RentedBlocks => Volatile.Read(ref _rentedBlocks);

    /// <summary>The memory behind the rented blocks, in bytes: <see cref="CapacityOf"/> of each.</summary>
    public long RentedBytes => Volatile.Read(ref _rentedBytes);

    /// <summary>The part of <see cref="RentedBytes"/> that no run outlives: what <see cref="Block.Keep"/> was not called for.</summary>
    public long RunBytes
    {
        get
        {
            lock (_gate)
                return RunBytesNow;
        }
    }

    /// <summary>The most that <see cref="RunBytes"/> was since this was called before.</summary>
    public long TakeMostRunBytes()
    {
        lock (_gate)
            return Math.Max(RunBytesNow, Interlocked.Exchange(ref _mostRunBytes, RunBytesNow));
    }

    /// <summary>The memory that waits to be rented again, in bytes.</summary>
    public long CachedBytes => Volatile.Read(ref _cachedBytes);

    /// <summary>
    /// The memory that a block of <paramref name="bytes"/> really takes; plans that count this never take more than they say.
    /// </summary>
    public static long CapacityOf(long bytes) =>
        bytes > SizeClass.LargestBytes ? bytes : SizeClass.BytesOf(SizeClass.IndexOf(bytes)); // a forecast may add up what no machine holds

    /// <summary>Rents a block; 0 bytes are allowed.</summary>
    /// <param name="bytes">That it has at least.</param>
    /// <param name="wanted">Where a block lay that the caller gave back a while ago and would like to have again, since it is in its processor's cache. It may get another.</param>
    /// <exception cref="InsufficientMemoryException">The operating system has no more memory to give.</exception>
    public Block Rent(long bytes, nint wanted = 0)
    {
        Debug.Assert(bytes >= 0, "Sizes are checked at the public edge.");
        if (bytes > SizeClass.LargestBytes)
            throw NoMemory(bytes);

        int sizeClass = SizeClass.IndexOf(bytes);
        long capacity = SizeClass.BytesOf(sizeClass);
        lock (_gate)
        {
            _rentedBytes += capacity;
            _rentedBlocks++;
            _mostRunBytes = Math.Max(_mostRunBytes, RunBytesNow);
            _lastUse[sizeClass] = ++_clock;
            if (_cached[sizeClass].Count > 0)
            {
                _cachedBytes -= capacity;
                return new Block(this, Pop(_cached[sizeClass], wanted), bytes, sizeClass);
            }
        }

        FreeExcess();
        nint address = _pages.Take(capacity);
        if (address == 0)
        {
            Trim(0);
            address = _pages.Take(capacity);
        }

        if (address != 0)
            return new Block(this, address, bytes, sizeClass);

        lock (_gate)
        {
            _rentedBytes -= capacity;
            _rentedBlocks--;
        }

        throw NoMemory(bytes);
    }

    /// <summary>A run that may take <paramref name="bytes"/> begins; it ends when the result is disposed of, once.</summary>
    public IDisposable Allow(long bytes)
    {
        var allowance = new Allowance(this, Math.Min(bytes, SizeClass.LargestBytes));
        lock (_gate)
        {
            _mostAllowed = Math.Max(_runs++ == 0 ? 0 : _mostAllowed, allowance.Bytes);
            _allowedBytes += allowance.Bytes;
        }

        FreeExcess();
        return allowance;
    }

    /// <summary>Gives cached memory back to the operating system until at most <paramref name="keepBytes"/> are cached.</summary>
    public void Trim(long keepBytes)
    {
        while (TryTakeIdlest(keepBytes, out nint address, out long bytes))
            _pages.Give(address, bytes);
    }

    internal void Keep(Block block)
    {
        lock (_gate)
            _keptBytes += SizeClass.BytesOf(block.SizeClass);
    }

    internal void Return(nint address, int sizeClass, bool kept)
    {
        long capacity = SizeClass.BytesOf(sizeClass);
        bool excess;
        lock (_gate)
        {
            _rentedBytes -= capacity;
            _rentedBlocks--;
            _keptBytes -= kept ? capacity : 0;
            _cached[sizeClass].Add((address, _time.GetTimestamp()));
            _cachedBytes += capacity;
            SetTimer();
            _lastUse[sizeClass] = ++_clock;
            excess = _cachedBytes > CacheLimit;
        }

        if (excess)
            FreeExcess();
    }

    // Under the gate.
    private long CacheLimit => _runs == 0 ? IdleBytes : Math.Max(0, Math.Min(_allowedBytes, Math.Max(_mostAllowed, HalfOfMemory)) - RunBytesNow);

    private long RunBytesNow => _rentedBytes - _keptBytes;

    private void FreeExcess()
    {
        while (TryTakeIdlest(null, out nint address, out long bytes))
            _pages.Give(address, bytes);
    }

    /// <summary>
    /// Takes memory out of the cache while it keeps more than <paramref name="keepBytes"/>, or than the runs leave room for.
    /// </summary>
    private bool TryTakeIdlest(long? keepBytes, out nint address, out long bytes)
    {
        (address, bytes) = (0, 0);
        lock (_gate)
        {
            if (_cachedBytes <= (keepBytes ?? CacheLimit))
                return false;

            int idlest = -1;
            for (int i = 0; i < _cached.Length; i++)
            {
                if (_cached[i].Count > 0 && (idlest < 0 || _lastUse[i] < _lastUse[idlest]))
                    idlest = i;
            }

            (address, bytes) = (Pop(_cached[idlest]), SizeClass.BytesOf(idlest));
            _cachedBytes -= bytes;
            return true;
        }
    }

    /// <summary>What is wanted, if it is among those that came last; else the last.</summary>
    private static nint Pop(List<(nint Address, long Since)> cached, nint wanted = 0)
    {
        int place = cached.Count - 1;
        for (int i = place; wanted != 0 && i >= Math.Max(0, cached.Count - MostLooks); i--)
            place = cached[i].Address == wanted ? i : place;
        nint address = cached[place].Address;
        cached.RemoveAt(place);
        return address;
    }

    private InsufficientMemoryException NoMemory(long bytes) => new(
        $"A block of {ByteSize.Format(bytes)} was asked for and the operating system has no such memory left; {RentedBlocks} blocks " +
        $"of together {ByteSize.Format(RentedBytes)} are in use. " +
        "Compute with a smaller memory budget, or dispose of persisted arrays.");

    private sealed class Allowance(BlockPool pool, long bytes) : IDisposable
    {
        private bool _ended;

        public long Bytes => bytes;

        public void Dispose()
        {
            lock (pool._gate)
            {
                if (_ended)
                    return;
                _ended = true;
                pool._runs--;
                pool._allowedBytes -= bytes;
            }

            pool.FreeExcess();
        }
    }
}
