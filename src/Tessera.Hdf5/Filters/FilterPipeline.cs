namespace Tessera.Hdf5Format;

/// <summary>
/// The filters of a dataset in the order in which writing applies them; reading undoes them from the last to the first. A chunk's mask has a bit
/// for each, from the lowest, set where the filter was left out for that chunk. A chunk that was shuffled, then deflated, is read as
/// <code>
/// stored bytes --gzip--> rented buffer --shuffle--> the chunk
/// </code>
/// so that the last step writes where the elements are wanted. Two buffers are enough for any number of steps. What lies between two filters is
/// bounded by what the filters before can make of a whole chunk, whatever the stored bytes say of themselves.
/// </summary>
internal sealed class FilterPipeline
{
    private readonly FilterSpec[] _specs;
    private readonly ChunkFilter[] _filters;

    /// <summary>Never fails: a filter that can't be undone is told of when a chunk needs it.</summary>
    public FilterPipeline(IReadOnlyList<FilterSpec> specs)
    {
        _specs = [.. specs];
        _filters = Array.ConvertAll(_specs, KnownFilters.Create);
    }

    /// <summary>The pipeline of chunks that are stored as they are.</summary>
    public static FilterPipeline None { get; } = new([]);

    public bool IsEmpty => _specs.Length == 0;

    /// <summary>As the file states them.</summary>
    public IReadOnlyList<FilterSpec> Specs => _specs;

    /// <summary>The filters under the names that users know.</summary>
    public IReadOnlyList<Hdf5Filter> Filters => Array.ConvertAll(_specs, spec => new Hdf5Filter(spec.Id, KnownFilters.NameOf(spec), spec.Parameters));

    /// <summary>The most bytes that a chunk of so many bytes can take when it is stored: the room that <see cref="Encode"/> needs.</summary>
    public long MostEncoded(long raw) => MostBehind(_filters.Length, raw, mask: 0);

    /// <summary>Nanoseconds for each byte of a chunk that is decoded.</summary>
    public double NanosecondsPerByte => _specs.Sum(FilterCost.NanosecondsPerByte);

    /// <summary>The most bytes that decoding or encoding a chunk takes beside its elements: stored bytes, what lies between two filters, states of codecs.</summary>
    /// <param name="chunk">Bytes of its elements.</param>
    /// <param name="encodes">True of encoding.</param>
    public long WorkingBytes(long chunk, bool encodes)
    {
        if (IsEmpty)
            return 0;
        long most = RentedBytes.Capacity(Math.Min(MostEncoded(chunk), Array.MaxLength)); // of what is stored, no more lies anywhere
        int between = Math.Clamp(CountCopying(mask: 0) - (encodes || !Appends(0) ? 1 : 0) + (encodes && Appends(0) ? 1 : 0), 0, 2);
        return ((1 + between) * most) + _specs.Max(filter => FilterCost.StateBytes(filter, chunk, encodes));
    }

    /// <summary>Makes a chunk's elements from its stored bytes.</summary>
    /// <param name="stored">The bytes as they lie in the file.</param>
    /// <param name="mask">Which filters were left out.</param>
    /// <param name="chunk">Filled with the elements, exactly.</param>
    /// <exception cref="FilterException">The stored bytes are damaged, or give more or fewer bytes than the chunk has.</exception>
    /// <exception cref="NotSupportedException">A filter is unknown, or something that it needs isn't installed.</exception>
    public void Decode(ReadOnlySpan<byte> stored, uint mask, Span<byte> chunk)
    {
        int first = FirstApplied(mask), buffered = CountCopying(mask) - (first >= 0 && !Appends(first) ? 1 : 0);
        int room = buffered > 0 ? Room(MostBehind(_filters.Length - 1, chunk.Length, mask)) : 0;
        using var one = new RentedBytes(room);
        using var two = new RentedBytes(buffered > 1 ? room : 0);
        Span<byte> free = one.Span, taken = two.Span;
        ReadOnlySpan<byte> current = stored;
        for (int i = _filters.Length - 1; i >= 0; i--)
        {
            if (IsLeftOut(i, mask))
                continue;
            if (_filters[i] is Fletcher32Filter checksum)
            {
                current = checksum.Check(current);
            }
            else if (i == first)
            {
                Require(_filters[i].Decode(current, chunk), stored.Length, chunk.Length);
                return;
            }
            else
            {
                Span<byte> target = free;
                current = target[.._filters[i].Decode(current, target[..Room(MostBehind(i, chunk.Length, mask))])];
                free = taken;
                taken = target;
            }
        }

        Require(current.Length, stored.Length, chunk.Length);
        current.CopyTo(chunk);
    }

    /// <summary>Makes the bytes to store from a chunk's elements.</summary>
    /// <param name="chunk">The elements of a whole chunk.</param>
    /// <param name="stored">Room for the result, <see cref="MostEncoded"/> at least.</param>
    /// <param name="mask">
    /// Which filters were left out: lzf where it doesn't make a chunk smaller, if it is optional. Gzip never is, as with the reference library:
    /// such a chunk grows by next to nothing, and some readers know nothing of masks.
    /// </param>
    /// <returns>How many bytes of <paramref name="stored"/> hold the result.</returns>
    /// <exception cref="NotSupportedException">A filter is only read, or unknown.</exception>
    public int Encode(ReadOnlySpan<byte> chunk, Span<byte> stored, out uint mask)
    {
        mask = 0;
        int copying = CountCopying(mask), buffered = copying - 1 + (!IsEmpty && Appends(0) ? 1 : 0);
        int room = buffered > 0 ? Room(MostEncoded(chunk.Length)) : 0;
        using var one = new RentedBytes(room);
        using var two = new RentedBytes(buffered > 1 ? room : 0);
        Span<byte> free = one.Span, taken = two.Span, holder = default;
        ReadOnlySpan<byte> current = chunk;
        for (int i = 0; i < _filters.Length; i++)
        {
            copying -= Appends(i) ? 0 : 1;
            Span<byte> target = copying == 0 ? stored : free;
            int length;
            if (_filters[i] is Fletcher32Filter checksum && !holder.IsEmpty)
            {
                target = holder;
                length = checksum.Append(target, current.Length);
            }
            else
            {
                length = _filters[i].Encode(current, target);
                if (_specs[i].IsOptional && _filters[i].MustShrink && length >= current.Length)
                {
                    mask |= 1u << i;
                    continue;
                }

                free = taken;
                taken = target;
            }

            holder = target;
            current = target[..length];
        }

        if (holder != stored)
            current.CopyTo(stored);
        return current.Length;
    }

    /// <summary>The most bytes that lie behind the first <paramref name="count"/> filters, in the direction of writing.</summary>
    private long MostBehind(int count, long raw, uint mask)
    {
        for (int i = 0; i < count; i++)
            raw = IsLeftOut(i, mask) ? raw : _filters[i].MostEncoded(raw);
        return raw;
    }

    /// <summary>How many filters make new bytes, other than checksums, which stand behind bytes that stay where they are.</summary>
    private int CountCopying(uint mask)
    {
        int count = 0;
        for (int i = 0; i < _filters.Length; i++)
            count += IsLeftOut(i, mask) || Appends(i) ? 0 : 1;
        return count;
    }

    private int FirstApplied(uint mask)
    {
        int first = 0;
        while (first < _filters.Length && IsLeftOut(first, mask))
            first++;
        return first < _filters.Length ? first : -1;
    }

    private bool Appends(int index) => _filters[index] is Fletcher32Filter;

    private static bool IsLeftOut(int index, uint mask) => index < 32 && (mask >> index & 1) != 0;

    private static int Room(long bytes) => (int)Math.Min(bytes, Array.MaxLength);

    private static void Require(int found, int stored, int wanted)
    {
        if (found != wanted)
            throw new FilterException($"{stored} stored bytes give {found}, and the chunk has {wanted}");
    }
}
