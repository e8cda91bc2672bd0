using System.Diagnostics;

namespace Tessera.Serialization;

/// <summary>A closure in a message that is being written, with what of it is used there.</summary>
internal sealed class WrittenClosure(ClosureCodec codec) : ObjectCodec
{
    private readonly List<UsedVariables> _uses = [];
    private readonly List<(UsedVariables Use, int Field)> _written = []; // each variable once, with the use for which it was written

    /// <summary>False where nothing is added to what is used already.</summary>
    public bool Add(UsedVariables use)
    {
        if (Has(use))
            return false;
        _uses.Add(use);
        return true;
    }

    /// <summary>True if so much is used, or all.</summary>
    public bool Has(UsedVariables use) => _uses.Contains(use) || _uses.Contains(UsedVariables.All);

    public void RemoveLast()
    {
        UsedVariables last = _uses[^1];
        _uses.RemoveAt(_uses.Count - 1);
        _written.RemoveAll(written => written.Use == last);
    }

    /// <summary>Writes the variables that a use adds to those that were written before, and passes it on to the closures of outer scopes.</summary>
    public void Write(MessageWriter writer, int number, object closure, UsedVariables use)
    {
        for (int i = 0; i < codec.Fields.Length; i++)
        {
            Field field = codec.Fields[i];
            if (!use.Has(field.Declared))
                continue;
            bool isWritten = IsWritten(i);
            bool isOuter = ClosureCodec.IsOuter(field.Declared);
            if (!isWritten)
            {
                _written.Add((use, i));
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

    private bool IsWritten(int field)
    {
        foreach ((_, int written) in _written)
        {
            if (written == field)
                return true;
        }

        return false;
    }

    public override object Allocate(MessageReader reader) => throw new UnreachableException("Only a writer keeps what is used.");

    public override string PathTo(object parent, object child) => Field.PathTo(UsedFields(), parent, child) ?? "";

    public override string? MemberOf(Type refused) => Field.MemberOf(UsedFields(), refused);

    private Field[] UsedFields() => Array.FindAll(codec.Fields, variable => _uses.Exists(use => use.Has(variable.Declared)));
}
