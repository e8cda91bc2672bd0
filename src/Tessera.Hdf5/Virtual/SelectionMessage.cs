namespace Tessera.Hdf5Format;

/// <summary>Reads a selection, in the three versions in which a file says it: numbers of 4 bytes, of 8, and of a size that is stated.</summary>
internal static class SelectionMessage
{
    private const int MostAxes = 32;

    public static Selection Read(ref MetadataReader reader)
    {
        uint kind = reader.UInt32(), version = reader.UInt32();
        switch (kind)
        {
            case 0 or 3:
                reader.Skip(8); // reserved, and a length of 0
                return kind == 0 ? new EmptySelection() : new WholeSelection();
            case 2 when version is >= 1 and <= 3:
                return ReadHyperslab(ref reader, version);
            case 2:
                throw reader.Damaged($"a selection of blocks has the version {version}; 1 to 3 are read", -4);
            case 1:
                throw reader.Damaged("points are selected, of which no virtual dataset is made", -8);
            default:
                throw reader.Damaged($"a selection of the kind {kind} is stated; 0 to 3 are known", -8);
        }
    }

    private static Selection ReadHyperslab(ref MetadataReader reader, uint version)
    {
        byte flags = version > 1 ? reader.Byte() : (byte)0;
        int width = version switch { 1 => 4, 2 => 8, _ => reader.Byte() };
        if (width is not (2 or 4 or 8))
            throw reader.Damaged($"a selection of blocks has numbers of {width} bytes; they have 2, 4 or 8", -1);
        reader.Skip(version switch { 1 => 8, 2 => 4, _ => 0 }); // reserved, and a length
        uint rank = reader.UInt32();
        if (rank is 0 or > MostAxes)
            throw reader.Damaged($"a selection of {rank} axes is stated; there are 1 to {MostAxes}", -4);
        return (flags & 1) != 0 ? ReadBox(ref reader, (int)rank, width) : ReadBlocks(ref reader, (int)rank, width);
    }

    private static BoxSelection ReadBox(ref MetadataReader reader, int rank, int width)
    {
        ulong unlimited = ulong.MaxValue >> (64 - 8 * width);
        var axes = new AxisSelection[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            (ulong start, ulong stride, ulong count, ulong block) = (reader.Number(width), reader.Number(width), reader.Number(width), reader.Number(width));
            if (block == unlimited)
                (stride, count, block) = (1, unlimited, 1); // one block without an end
            bool isUnlimited = count == unlimited;
            stride = count == 1 ? Math.Max(stride, block) : stride;
            UInt128 end = start + (isUnlimited ? stride : (UInt128)count * stride) + block;
            if (block == 0 || stride < block || end > long.MaxValue)
                throw reader.Damaged($"{count} blocks of {block} at distances of {stride} from index {start} on are selected, which no axis has", -4 * width);
            axes[axis] = new AxisSelection((long)start, (long)stride, (long)block, isUnlimited ? AxisSelection.Unlimited : (long)(count * block));
        }

        return axes.Count(axis => axis.IsUnlimited) <= 1
            ? new BoxSelection(axes)
            : throw reader.Damaged("a selection is unlimited along several axes; it is along one at most", -1);
    }

    private static Selection ReadBlocks(ref MetadataReader reader, int rank, int width)
    {
        ulong count = reader.Number(width);
        if (count > (ulong)(reader.Remaining / (2 * rank * width)))
            throw reader.Damaged($"{count} blocks are selected, and {reader.Remaining} bytes are left to state them", -width);
        if (count == 0)
            return new EmptySelection();
        var bounds = new long[(int)count * 2 * rank];
        for (int block = 0; block < bounds.Length; block += 2 * rank)
        {
            for (int i = 0; i < 2 * rank; i++)
                bounds[block + i] = (long)(reader.Number(width) & ulong.MaxValue >> 2);
            for (int axis = 0; axis < rank; axis++)
            {
                if (++bounds[block + rank + axis] <= bounds[block + axis])
                    throw reader.Damaged($"a block is selected from index {bounds[block + axis]} to {bounds[block + rank + axis] - 1}", -2 * rank * width);
            }
        }

        return new BlocksSelection(rank, bounds).Simplest();
    }
}
