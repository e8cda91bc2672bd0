namespace Tessera.Serialization;

internal sealed partial class MessageReader
{
    private bool _hasClosures;

    public void AddClosure() => _hasClosures = true;

    /// <summary>Reads the variables of closures; the other side of <c>WriteUses</c>.</summary>
    private void ReadVariables()
    {
        while (_hasClosures && ReadNumber() is > 0 and uint number)
        {
            ReadVariable((int)number - 1);
            ReadAnnounced();
        }
    }

    private void ReadVariable(int number)
    {
        (object? closure, ObjectCodec codec) = _objects[number];
        ((ClosureCodec)codec).ReadVariable(this, closure!);
    }
}
