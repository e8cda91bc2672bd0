namespace Tessera.Hdf5Format;

/// <summary>
/// Collects the chunks that an index finds, in any order, and makes a <see cref="ChunkTable"/> of them. What can't be is refused at once: more
/// bytes than the file has, and, at the end, a chunk that is found twice.
/// </summary>
internal sealed class ChunkTableBuilder(FileBytes file, long gridLength)
{
    /// <summary>A table by number is made where at least one chunk of so many is there.</summary>
    private const int DenseFrom = 3;

    private readonly long _mostBytes = Math.Min(file.File.Length, int.MaxValue);
    private long[] _numbers = [];
    private ChunkPlace[] _places = [];
    private int _count;
    private bool _sorted = true;

    /// <summary>Takes a chunk; <paramref name="foundAt"/> is the place of its entry, for complaints.</summary>
    public void Add(long number, ChunkEntry entry, long foundAt)
    {
        if (entry.Address < 0 || entry.Bytes < 0 || entry.Bytes > _mostBytes)
        {
            throw file.Damaged(
                foundAt,
                $"a chunk of {entry.Bytes} bytes should lie at byte {entry.Address}, and the file has {file.File.Length}; up to {int.MaxValue} can be read");
        }

        if (_count == gridLength)
            throw file.Damaged(foundAt, $"the index of a dataset has more entries than the {gridLength} chunks that the dataset has");
        if (_count == _numbers.Length)
            Grow();
        _sorted &= _count == 0 || number > _numbers[_count - 1];
        _numbers[_count] = number;
        _places[_count++] = new ChunkPlace(entry);
    }

    public ChunkTable Build()
    {
        if (_count == 0)
            return ChunkTable.Empty;
        if (gridLength <= (long)_count * DenseFrom && gridLength <= Array.MaxLength)
            return BuildDense();

        Array.Resize(ref _numbers, _count);
        Array.Resize(ref _places, _count);
        if (!_sorted)
        {
            Array.Sort(_numbers, _places);
            for (int i = 1; i < _count; i++)
            {
                if (_numbers[i] == _numbers[i - 1])
                    throw Twice(_numbers[i]);
            }
        }

        return new ChunkTable(_numbers, _places, _count);
    }

    private ChunkTable BuildDense()
    {
        if (_sorted && _count == gridLength)
        {
            Array.Resize(ref _places, _count); // all are there, in order
            return new ChunkTable(null, _places, _count);
        }

        var places = new ChunkPlace[gridLength];
        for (int i = 0; i < _count; i++)
        {
            ref ChunkPlace place = ref places[_numbers[i]];
            if (place.IsThere)
                throw Twice(_numbers[i]);
            place = _places[i];
        }

        return new ChunkTable(null, places, _count);
    }

    private InvalidDataException Twice(long number) => file.Damaged(FileBytes.Undefined, $"the index of a dataset has two entries for chunk {number}");

    private void Grow()
    {
        int size = (int)Math.Min(Math.Min(gridLength, Array.MaxLength), Math.Max(16L, 2L * _count));
        if (size == _count)
            throw file.Damaged(FileBytes.Undefined, $"a dataset has more than {_count} chunks, which is more than can be kept");
        Array.Resize(ref _numbers, size);
        Array.Resize(ref _places, size);
    }
}
