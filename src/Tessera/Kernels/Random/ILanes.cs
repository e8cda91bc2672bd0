namespace Tessera.Kernels;

/// <summary>
/// Groups of 64 bytes in vector registers, each group eight lanes of 64 bits, or the same seen as sixteen halves of 32. An implementation
/// for each register width (<see cref="Lanes512"/> four groups, a register each; <see cref="Lanes256"/> one group in two registers,
/// <see cref="Lanes128"/> one in four) lets one text of a kernel run on every machine. Each operation is exact or rounded once as IEEE 754
/// says, so that all widths, and a plain loop, give the same bits.
/// </summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many groups are worked on at once.</summary>
    static abstract int Groups { get; }

    /// <summary>The numbers from 0 on, eight to a group.</summary>
    static abstract TSelf Iota { get; }

    /// <summary>The same 64 bits in each lane.</summary>
    static abstract TSelf Create(ulong value);

    /// <summary>The same number in each lane.</summary>
    static abstract TSelf Create(double value);

    /// <summary>The same 32 bits in each half.</summary>
    static abstract TSelf CreateHalves(uint value);

    /// <summary>The same number in each half.</summary>
    static abstract TSelf CreateHalves(float value);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>left ^ middle ^ right: one instruction where the machine has it.</summary>
    static abstract TSelf Xor(TSelf left, TSelf middle, TSelf right);

    static abstract TSelf operator &(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>Shifts each 64-bit lane, bringing in zeros.</summary>
    static abstract TSelf operator >>>(TSelf lanes, int count);

    /// <summary>Shifts each 64-bit lane, bringing in zeros.</summary>
    static abstract TSelf operator <<(TSelf lanes, int count);

    static abstract TSelf AddUInt64(TSelf left, TSelf right);

    static abstract TSelf SubtractUInt64(TSelf left, TSelf right);

    static abstract TSelf AddUInt32(TSelf left, TSelf right);

    static abstract TSelf MinUInt32(TSelf left, TSelf right);

    /// <summary>The 64-bit products of the low halves of the lanes; the high halves are not looked at.</summary>
    static abstract TSelf MultiplyLowHalves(TSelf left, TSelf right);

    /// <summary>Lanes with the low halves of <paramref name="low"/> and the high halves of <paramref name="high"/>.</summary>
    static abstract TSelf MergeHalves(TSelf low, TSelf high);

    /// <summary>Bit by bit: where the mask has a 1 the left, else the right.</summary>
    static abstract TSelf Select(TSelf mask, TSelf left, TSelf right);

    /// <summary>True where some 32-bit half of the left is less than that of the right.</summary>
    static abstract bool AnyLessUInt32(TSelf left, TSelf right);

    /// <summary>True where some 64-bit lane of the left is less than that of the right.</summary>
    static abstract bool AnyLessUInt64(TSelf left, TSelf right);

    /// <summary>The 64-bit integers (below 2^53, so exactly) as numbers.</summary>
    static abstract TSelf UInt64ToDouble(TSelf lanes);

    /// <summary>The 32-bit integers (below 2^24, so exactly) as numbers.</summary>
    static abstract TSelf UInt32ToSingle(TSelf lanes);

    /// <summary>Each 32-bit half shifted by itself, bringing in zeros.</summary>
    static abstract TSelf ShiftHalvesRight(TSelf lanes, int count);

    static abstract TSelf AddDouble(TSelf left, TSelf right);

    static abstract TSelf SubtractDouble(TSelf left, TSelf right);

    static abstract TSelf MultiplyDouble(TSelf left, TSelf right);

    static abstract TSelf DivideDouble(TSelf left, TSelf right);

    /// <summary>left × right + addend, rounded once.</summary>
    static abstract TSelf FusedMultiplyAddDouble(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf SqrtDouble(TSelf lanes);

    /// <summary>The lesser; no lane is NaN.</summary>
    static abstract TSelf MinDouble(TSelf left, TSelf right);

    /// <summary>left × right + addend, rounded once.</summary>
    static abstract TSelf FusedMultiplyAddSingle(TSelf left, TSelf right, TSelf addend);

    /// <summary>The lesser; no lane is NaN.</summary>
    static abstract TSelf MinSingle(TSelf left, TSelf right);

    /// <summary>The halves, each brought to 64 bits with zeros: the first eight of each group and the last eight.</summary>
    static abstract (TSelf First, TSelf Last) WidenHalves(TSelf lanes);

    /// <summary>Writes the 64 bytes of each group as elements of 4 or 8 bytes, those of the next group <paramref name="apart"/> elements on.</summary>
    static abstract void Store<T>(TSelf lanes, ref T destination, int apart)
        where T : unmanaged;

    /// <summary>Writes the low bytes of the halves as elements of 1 or 2 bytes, otherwise as <see cref="Store"/> does.</summary>
    static abstract void StoreNarrow<T>(TSelf lanes, ref T destination, int apart)
        where T : unmanaged;

    /// <summary>Writes the low bytes of the lanes as elements of 1, 2 or 4 bytes, otherwise as <see cref="Store"/> does.</summary>
    static abstract void StoreLowHalves<T>(TSelf lanes, ref T destination, int apart)
        where T : unmanaged;

    /// <summary>Writes the numbers as <see cref="float"/>, rounded, otherwise as <see cref="Store"/> does.</summary>
    static abstract void StoreAsSingle(TSelf lanes, ref float destination, int apart);
}
