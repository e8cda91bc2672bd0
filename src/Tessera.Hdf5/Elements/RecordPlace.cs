using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// Where the numbers of one element lie in a stored record, which has others too. Of a table whose records are
/// <code>
/// time (8 bytes) | points: 3 × { x (4 bytes), y (4 bytes) } | flag (1 byte)       33 bytes
/// </code>
/// points.y is at byte 12, three times at distances of 8: spans of 4 bytes, of which a record has 3. Plain fields only, because it travels to other
/// processes.
/// </summary>
internal sealed class RecordPlace
{
    private readonly int _offset;
    private readonly int _span; // bytes that lie in one piece
    private readonly int[] _counts, _strides; // of the spans, from the outermost level to the innermost

    /// <param name="recordBytes">Of all of a record.</param>
    /// <param name="offset">Where the first number begins in it.</param>
    /// <param name="numberBytes">Of one number.</param>
    /// <param name="levels">How often what is within comes, and at which distances; the outermost first.</param>
    public RecordPlace(int recordBytes, int offset, int numberBytes, IReadOnlyList<(int Count, int Stride)> levels)
    {
        (RecordBytes, _offset, _span) = (recordBytes, offset, numberBytes);
        int outer = levels.Count;
        while (outer > 0 && (levels[outer - 1].Stride == _span || levels[outer - 1].Count == 1))
            _span *= levels[--outer].Count;
        _counts = [.. levels.Take(outer).Select(level => level.Count)];
        _strides = [.. levels.Take(outer).Select(level => level.Stride)];
        Bytes = _counts.Aggregate(_span, (bytes, count) => checked(bytes * count));
    }

    private RecordPlace(int bytes) => (RecordBytes, Bytes, _span, _counts, _strides) = (bytes, bytes, bytes, [], []);

    /// <summary>All of a record, which is one number.</summary>
    public static RecordPlace Whole(int bytes) => new(bytes);

    /// <summary>Bytes of all of a record.</summary>
    public int RecordBytes { get; }

    /// <summary>Bytes of the numbers that are taken out of it.</summary>
    public int Bytes { get; }

    /// <summary>Whether there is nothing else in a record.</summary>
    public bool IsWhole => Bytes == RecordBytes;

    /// <summary>Takes the numbers out of records.</summary>
    /// <param name="records">Whole records.</param>
    /// <param name="numbers">Filled with <see cref="Bytes"/> of each.</param>
    public void Gather(ReadOnlySpan<byte> records, Span<byte> numbers)
    {
        if (_counts.Length > 0)
        {
            for (; !records.IsEmpty; records = records[RecordBytes..], numbers = numbers[Bytes..])
                GatherSpans(records[_offset..], numbers);
            return;
        }

        switch (_span)
        {
            case 1:
                Gather<byte>(records, numbers);
                break;
            case 2:
                Gather<ushort>(records, numbers);
                break;
            case 4:
                Gather<uint>(records, numbers);
                break;
            case 8:
                Gather<ulong>(records, numbers);
                break;
            default:
                for (; !records.IsEmpty; records = records[RecordBytes..], numbers = numbers[_span..])
                    records.Slice(_offset, _span).CopyTo(numbers);
                break;
        }
    }

    private void Gather<T>(ReadOnlySpan<byte> records, Span<byte> numbers)
        where T : unmanaged
    {
        int count = records.Length / RecordBytes;
        if (count == 0)
            return;
        _ = records[count * RecordBytes - RecordBytes + _offset + _span - 1]; // the last that is read
        Span<T> target = MemoryMarshal.Cast<byte, T>(numbers)[..count];
        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetReference(records), _offset);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Unsafe.ReadUnaligned<T>(ref from);
            from = ref Unsafe.Add(ref from, RecordBytes);
        }
    }

    private void GatherSpans(ReadOnlySpan<byte> record, Span<byte> numbers)
    {
        Span<int> index = stackalloc int[_counts.Length];
        index.Clear();
        int at = 0;
        while (true)
        {
            record.Slice(at, _span).CopyTo(numbers);
            numbers = numbers[_span..];
            int level = _counts.Length - 1;
            for (; level >= 0; level--)
            {
                at += _strides[level];
                if (++index[level] < _counts[level])
                    break;
                at -= _counts[level] * _strides[level];
                index[level] = 0;
            }

            if (level < 0)
                return;
        }
    }
}
