using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

internal static class TensorCodecs
{
    /// <summary>Null where a type isn't a tensor.</summary>
    public static ObjectCodec? For(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>)
        ? (ObjectCodec)Activator.CreateInstance(typeof(TensorCodec<>).MakeGenericType(type.GetGenericArguments()))!
        : null;
}

/// <summary>
/// Tensors: their lengths, and an array of their elements in C order. A tensor that is all of its array shares that array; a view arrives
/// as a tensor of its own elements.
/// </summary>
internal sealed class TensorCodec<T> : ObjectCodec
{
    public override void Announce(MessageWriter writer, object value)
    {
        var tensor = (Tensor<T>)value;
        writer.WriteNumber((uint)tensor.Rank);
        foreach (nint length in tensor.Lengths)
            writer.WriteRaw((long)length);
        T[] values = Values(tensor);
        bool isWhole = tensor.IsDense && values.Length == tensor.FlattenedLength;
        if (!isWhole)
        {
            values = new T[tensor.FlattenedLength];
            tensor.FlattenTo(values);
        }
        writer.WriteReference(values);
    }

    public override object Allocate(MessageReader reader)
    {
        var lengths = new nint[reader.ReadNumber()];
        for (int axis = 0; axis < lengths.Length; axis++)
            lengths[axis] = (nint)reader.ReadRaw<long>();
        var values = (T[])reader.ReadReference()!;
        return Tensor.Create(values, lengths);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_values")]
    private static extern ref T[] Values(Tensor<T> tensor);
}
