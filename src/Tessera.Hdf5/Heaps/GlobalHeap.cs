namespace Tessera.Hdf5Format;

/// <summary>
/// The objects that datasets and attributes refer to: texts and lists of variable length, and references to regions. They lie in collections
/// ("GCOL") of a few kilobytes, in which an object has a number. The collections used last are kept; any number of threads may read.
/// </summary>
internal sealed class GlobalHeap(FileBytes file)
{
    /// <summary>Bytes of collections that are kept before all are forgotten: neighbouring elements refer to the same few.</summary>
    private const long MostKept = 16 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, GlobalHeapCollection> _kept = [];
    private long _keptBytes;
    private GlobalHeapCollection? _last;

    /// <summary>An object's bytes.</summary>
    /// <param name="collectionAddress">Where its collection lies.</param>
    /// <param name="index">Its number there, from 1 on.</param>
    public ReadOnlyMemory<byte> Read(long collectionAddress, uint index)
    {
        GlobalHeapCollection? last = Volatile.Read(ref _last);
        if (last is null || last.Address != collectionAddress)
            Volatile.Write(ref _last, last = Collection(collectionAddress));
        return last.Find(index);
    }

    private GlobalHeapCollection Collection(long address)
    {
        lock (_lock)
        {
            if (_kept.TryGetValue(address, out GlobalHeapCollection? kept))
                return kept;
        }

        GlobalHeapCollection read = GlobalHeapCollection.Read(file, address);
        lock (_lock)
        {
            if (_kept.TryGetValue(address, out GlobalHeapCollection? kept))
                return kept; // another thread was quicker

            if (_keptBytes + read.Bytes > MostKept)
            {
                _kept.Clear();
                _keptBytes = 0;
            }

            _kept.Add(address, read);
            _keptBytes += read.Bytes;
        }

        return read;
    }
}
