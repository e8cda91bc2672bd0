using System.Diagnostics;

namespace Tessera.Serialization;

/// <summary>A closure in a message that is being written, with what of it is used there.</summary>
internal sealed class WrittenClosure(ClosureCodec codec) : ObjectCodec
{
    private readonly List<UsedVariables> _uses = [];

    /// <summary>False where nothing is added to what is used already.</summary>
    public bool Add(UsedVariables use)
    {
        if (_uses.Contains(use) || _uses.Contains(UsedVariables.All))
            return false;
        _uses.Add(use);
        return true;
    }

    public void RemoveLast() => _uses.RemoveAt(_uses.Count - 1);

    /// <summary>Writes the variables that a use adds to those before it, and passes it on to the closures of outer scopes.</summary>
    public void Write(MessageWriter writer, int number, object closure, UsedVariables use)
    {
        int before = _uses.IndexOf(use);
        for (int i = 0; i < codec.Fields.Length; i++)
        {
            Field field = codec.Fields[i];
            if (!use.Has(field.Declared))
                continue;
            bool isWritten = _uses.FindIndex(0, before, earlier => earlier.Has(field.Declared)) >= 0;
            bool isOuter = ClosureCodec.IsOuter(field.Declared);
            if (!isWritten)
            {
                writer.WriteVariable(number, i);
                if (isOuter)
                    writer.WriteReference(field.Declared.GetValue(closure), use);
                else
                    field.Write(writer, closure);
            }
            else if (isOuter && field.Declared.GetValue(closure) is { } outer)
                writer.Use(outer, use);
        }
    }

    public override object Allocate(MessageReader reader) => throw new UnreachableException("Only a writer keeps what is used.");

    public override string PathTo(object parent, object child) => Field.PathTo(UsedFields(), parent, child) ?? "";

    public override string? MemberOf(Type refused) => Field.MemberOf(UsedFields(), refused);

    private Field[] UsedFields() => Array.FindAll(codec.Fields, variable => _uses.Exists(use => use.Has(variable.Declared)));
}
