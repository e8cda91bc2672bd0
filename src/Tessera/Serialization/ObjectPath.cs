using Tessera.Diagnostics;

namespace Tessera.Serialization;

/// <summary>
/// Tells the way to an object of a message: <c>order.Customer.Log</c>. Messages keep only which object each was first met in; the members
/// on the way are looked for here, when somebody asks.
/// </summary>
internal static class ObjectPath
{
    /// <summary>"data (double[])".</summary>
    public static string Described(ObjectTable objects, int number)
    {
        string path = Of(objects, number);
        return $"{(path == "" ? "the value" : path)} ({TypeName.Of(objects[number].Value.GetType())})";
    }

    /// <summary>The sentence that refuses a thing which was met in the object <paramref name="number"/>, or is that object.</summary>
    public static string Refused(ObjectTable objects, int number, Type type, Refusal refusal)
    {
        string path = number < 0 ? "" : Of(objects, number);
        bool isObject = number >= 0 && objects[number].Value.GetType() == type;
        bool captured = number >= 0 && (isObject ? objects[number].Parent : number) is var holder
            && holder >= 0 && MemberName.IsClosure(objects[holder].Value.GetType());
        if (!isObject && number >= 0 && objects[number].Codec.MemberOf(type) is { } member)
            path = Join(path, member);
        string subject = path == "" ? $"A value of type {TypeName.Of(type)}"
            : captured && !path.Contains('.') && !path.Contains('[') ? $"The captured variable '{path}' of type {TypeName.Of(type)}"
            : $"'{path}' of type {TypeName.Of(type)}";
        string whole = path.StartsWith("this.", StringComparison.Ordinal)
            ? " The function uses a member of its object, and so the whole object goes with it; copy the member to a local variable first."
            : "";
        return $"{subject} can't travel to another process: {refusal.Reason}. {refusal.Remedy}{whole}";
    }

    private static string Of(ObjectTable objects, int number)
    {
        List<string> members = [];
        for (int child = number, parent; (parent = objects[child].Parent) >= 0; child = parent)
        {
            if (IsOurs(objects[parent].Value.GetType()))
                break; // the user knows nothing of what the engine put around
            if (objects[parent].Codec.PathTo(objects[parent].Value, objects[child].Value) is { Length: > 0 } member)
                members.Add(member);
        }
        members.Reverse();
        return members.Aggregate("", Join);
    }

    private static bool IsOurs(Type type) => type.Assembly == typeof(ObjectPath).Assembly && !type.IsVisible;

    private static string Join(string path, string member) =>
        path == "" ? member : member.StartsWith('[') ? path + member : $"{path}.{member}";
}
