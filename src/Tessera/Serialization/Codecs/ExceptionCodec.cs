using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Tessera.Serialization;

/// <summary>
/// Exceptions. What System.Exception keeps for the run-time system stays behind; of the stack its text travels, and stands above the
/// frames of this process when the exception is thrown again.
/// </summary>
internal sealed class ExceptionCodec(Type type) : ObjectCodec
{
    private readonly Field[] _own = OwnFieldsOf(type);

    public override object Allocate(MessageReader reader) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteContents(MessageWriter writer, object value)
    {
        var exception = (Exception)value;
        writer.WriteOptionalText(Message(exception));
        writer.WriteReference(exception.InnerException);
        writer.WriteReference(Data(exception));
        writer.WriteOptionalText(Source(exception) ?? exception.Source);
        writer.WriteOptionalText(HelpLink(exception));
        writer.WriteRaw(exception.HResult);
        writer.WriteOptionalText(exception.StackTrace);
        foreach (Field field in _own)
            field.Write(writer, value);
    }

    public override void ReadContents(MessageReader reader, object value)
    {
        var exception = (Exception)value;
        string? message = reader.ReadOptionalText();
        Make(exception, message, (Exception?)reader.ReadReference());
        Data(exception) = (IDictionary?)reader.ReadReference();
        Source(exception) = reader.ReadOptionalText();
        HelpLink(exception) = reader.ReadOptionalText();
        exception.HResult = reader.ReadRaw<int>();
        if (reader.ReadOptionalText() is { } stack)
            ExceptionDispatchInfo.SetRemoteStackTrace(exception, stack);
        foreach (Field field in _own)
            field.Read(reader, value);
    }

    public override string PathTo(object parent, object child) => ReferenceEquals(((Exception)parent).InnerException, child)
        ? "InnerException"
        : ReferenceEquals(Data((Exception)parent), child) ? "Data" : Field.PathTo(_own, parent, child) ?? "";

    public override string? MemberOf(Type refused) => Field.MemberOf(_own, refused);

    /// <summary>Fields of derived classes. A cancelled call's token and task mean nothing elsewhere.</summary>
    private static Field[] OwnFieldsOf(Type type)
    {
        Type root = typeof(OperationCanceledException).IsAssignableFrom(type) ? typeof(OperationCanceledException) : typeof(Exception);
        return FieldsCodec.FieldsOf(type, typeof(TaskCanceledException).IsAssignableFrom(type) ? typeof(TaskCanceledException) : root);
    }

    // All that this library knows of the inside of System.Exception. The properties are virtual, or can't be set.

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = ".ctor")]
    private static extern void Make(Exception exception, string? message, Exception? inner);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_data")]
    private static extern ref IDictionary? Data(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_source")]
    private static extern ref string? Source(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_helpURL")]
    private static extern ref string? HelpLink(Exception exception);
}
