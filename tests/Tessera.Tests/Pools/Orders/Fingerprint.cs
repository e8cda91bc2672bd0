using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Tessera.Pools;

namespace Tessera.Tests.Pools.Orders;

/// <summary>A number for all that the threads of a run share and where each of them is: two runs with the same one go on alike.</summary>
internal static class Fingerprint
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    // Times and what turns are for; a worker knows of the version only whether it has changed, and that is asked of each.
    private static readonly string[] LeftOut = ["_started", "_version", "<Turns>k__BackingField"];

    public static ulong Of(TurnTaker turns)
    {
        ulong hash = Walk(turns.Crew!, []);
        foreach (Participant one in turns.Participants)
        {
            hash = Mix(hash, one.IsGone ? 1 : Mix(one.Path, one.IsBehind(turns.Crew!) ? 3u : 2u));
        }

        return hash;
    }

    public static ulong Mix(ulong hash, ulong value)
    {
        ulong mixed = (hash ^ value) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9 + hash;
    }

    public static ulong Of(string text) => text.Aggregate(14695981039346656037UL, (hash, one) => (hash ^ one) * 1099511628211);

    private static ulong Walk(object? value, List<object> seen)
    {
        switch (value)
        {
            case null:
                return 1;
            case bool or int or long or Enum:
                return Mix(2, (ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
            case string text:
                return Of(text);
            case Exception failure:
                return Of(failure.GetType().Name + failure.Message);
            case ExceptionDispatchInfo failure:
                return Walk(failure.SourceException, seen);
            case Task task:
                return Mix(3, (ulong)task.Status);
            case TaskCompletionSource source:
                return Walk(source.Task, seen);
            case SpreadCount count:
                return Mix(2, (ulong)count.Sum()); // which of its cells, is chance
            case CancellationTokenSource source:
                return source.IsCancellationRequested ? 4u : 5u;
            case IEnumerable many when value is ICollection:
                ulong all = 6;
                foreach (object? one in many)
                    all = Mix(all, Walk(one, seen));
                return all;
        }

        Type type = value.GetType();
        bool isOurs = type.Namespace == typeof(Crew).Namespace && value is not Delegate;
        if (!isOurs && !IsSource(type) && !IsPair(type))
            return 7; // locks, threads, functions, options
        if (!type.IsValueType && seen.Exists(one => ReferenceEquals(one, value)))
            return 8;
        seen.Add(value);
        ulong hash = Of(type.Name);
        foreach (FieldInfo field in Fields.GetOrAdd(type, AllOf))
            hash = Mix(hash, Walk(field.GetValue(value), seen));
        return hash;
    }

    private static bool IsSource(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(TaskCompletionSource<>);

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static FieldInfo[] AllOf(Type type)
    {
        var all = new List<FieldInfo>();
        for (Type? part = type; part is not null && part != typeof(object); part = part.BaseType)
            all.AddRange(part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        return [.. all.Where(field => !LeftOut.Contains(field.Name) && !typeof(Delegate).IsAssignableFrom(field.FieldType) && !field.FieldType.IsPointer)];
    }
}
