using System.Diagnostics;

namespace Tessera.Serialization;

internal sealed partial class MessageReader
{
    /// <summary>Objects that were made of what travelled in their place, so that no contents of theirs follow.</summary>
    private readonly HashSet<object> _replaced = new(ReferenceEqualityComparer.Instance);

    /// <summary>Objects whose contents were read before it was their turn.</summary>
    private readonly HashSet<int> _early = [];

    /// <summary>An object that is allocated, and may be without its contents yet.</summary>
    public object? ReadReference()
    {
        uint code = ReadNumber();
        if (code == MessageWriter.Null)
            return null;
        if (code >= MessageWriter.FirstKnown)
        {
            object? known = _objects[(int)(code - MessageWriter.FirstKnown)].Value;
            Debug.Assert(known is not null, "An object was referred to while it was being made");
            return known;
        }
        int number = _objects.Count;
        ObjectCodec codec = ReadType().Codec;
        _objects.Add(new Arrived(null, codec));
        object value = codec.Allocate(this);
        _objects[number] = new Arrived(value, codec);
        return value;
    }

    /// <summary>An object with all that it leads to, except the contents of those that are being read right now and lead to it.</summary>
    public object ReadWhole()
    {
        object? value = null;
        bool isPicked = ReadRaw<bool>();
        DeepStack.Run(() =>
        {
            value = ReadReference();
            if (isPicked)
                ReadPicked();
            else
                Drain();
            Complete(isAll: false);
        });
        return value!;
    }

    /// <summary>The other side of <c>WritePicked</c>: contents of objects that may have been announced long before.</summary>
    private void ReadPicked()
    {
        for (byte next = ReadRaw<byte>(); next != MessageWriter.PickedEnd; next = ReadRaw<byte>())
        {
            if (next == MessageWriter.PickedVariable)
            {
                ReadVariable((int)ReadNumber() - 1);
                continue;
            }

            int number = (int)ReadNumber();
            _early.Add(number);
            Arrived picked = _objects[number];
            picked.Codec.ReadContents(this, picked.Value!);
        }

        _filled = 0; // tables that came before may have had to wait for keys that are there now
    }

    /// <summary>The other side of <see cref="MessageWriter.WriteWhole"/>.</summary>
    public object ReadReplaced()
    {
        object made = ((ITravelForm<object>)ReadWhole()).Open();
        _replaced.Add(made);
        return made;
    }

    /// <summary>True where something else travelled in the object's place.</summary>
    public bool IsReplaced(object made) => _replaced.Contains(made);

    public KnownType ReadType() => _types.Read(this);

    public KnownModule ReadModule() => _types.ReadModule(this);

    /// <summary>Takes an array whose bytes come after the structure.</summary>
    public void Attach(Array array) => _attachments.Add(array);

    /// <summary>Takes a table that can be filled only when its keys have arrived.</summary>
    public void Wait(WaitingTable table) => _waiting.Add(table);
}
