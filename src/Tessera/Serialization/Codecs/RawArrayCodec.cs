namespace Tessera.Serialization;

/// <summary>Arrays of unmanaged elements. Small ones lie in the structure, large ones are attached to the message.</summary>
internal sealed class RawArrayCodec<T>(Type type) : ObjectCodec
    where T : struct
{
    private readonly bool _isVector = type.IsSZArray;

    public override void Announce(MessageWriter writer, object value)
    {
        var array = (Array)value;
        ArrayShape.Write(writer, array);
        writer.NoteSize(ArrayBytes.Count(array));
        if (ArrayBytes.IsAttached(array))
            writer.Attach(array);
        else if (array.Length > 0)
            writer.WriteBytes(ArrayBytes.PieceOf(array, 0));
    }

    public override object Allocate(MessageReader reader)
    {
        Array array = _isVector ? GC.AllocateUninitializedArray<T>((int)reader.ReadNumber()) : ArrayShape.Allocate(reader, type);
        if (ArrayBytes.IsAttached(array))
            reader.Attach(array);
        else if (array.Length > 0)
            reader.ReadBytes((int)ArrayBytes.Count(array)).CopyTo(ArrayBytes.PieceOf(array, 0));
        return array;
    }
}
