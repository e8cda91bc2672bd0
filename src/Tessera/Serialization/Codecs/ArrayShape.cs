namespace Tessera.Serialization;

/// <summary>Writes and reads what allocates an array: its lengths, and its lower bounds where they may be other than zero.</summary>
internal static class ArrayShape
{
    public static void Write(MessageWriter writer, Array array)
    {
        bool isVector = array.GetType().IsSZArray;
        for (int axis = 0; axis < array.Rank; axis++)
        {
            writer.WriteNumber((uint)array.GetLength(axis));
            if (!isVector)
                writer.WriteRaw(array.GetLowerBound(axis));
        }
    }

    /// <summary>A new array with lower bounds or several axes.</summary>
    public static Array Allocate(MessageReader reader, Type type)
    {
        var lengths = new int[type.GetArrayRank()];
        var lowerBounds = new int[lengths.Length];
        for (int axis = 0; axis < lengths.Length; axis++)
            (lengths[axis], lowerBounds[axis]) = ((int)reader.ReadNumber(), reader.ReadRaw<int>());
        return Array.CreateInstanceFromArrayType(type, lengths, lowerBounds);
    }

    /// <summary>"[2]", "[1, 0]": where the element lies that is number <paramref name="flat"/> in memory.</summary>
    public static string PathTo(Array array, long flat)
    {
        var index = new long[array.Rank];
        for (int axis = array.Rank - 1; axis >= 0; axis--)
        {
            (flat, index[axis]) = Math.DivRem(flat, array.GetLength(axis));
            index[axis] += array.GetLowerBound(axis);
        }
        return $"[{string.Join(", ", index)}]";
    }
}
