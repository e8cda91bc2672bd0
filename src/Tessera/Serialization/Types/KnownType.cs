using System.Collections.Concurrent;

namespace Tessera.Serialization;

/// <summary>A type with the codec of its objects, which is made when the first object is met.</summary>
internal sealed class KnownType
{
    private static readonly ConcurrentDictionary<Type, KnownType> All = [];

    /// <summary>Types that need no description: their place in this list is their code in every message.</summary>
    public static readonly KnownType[] Common =
    [
        .. Array.ConvertAll<Type, KnownType>(
        [
            typeof(string), typeof(object), typeof(bool), typeof(char), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort),
            typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal),
            typeof(byte[]), typeof(int[]), typeof(long[]), typeof(float[]), typeof(double[]), typeof(string[]), typeof(object[]),
            typeof(List<>), typeof(Dictionary<,>), typeof(Func<>), typeof(Func<,>), typeof(Action),
        ], Of),
    ];

    private ObjectCodec? _codec;

    private KnownType(Type type) => Type = type;

    public Type Type { get; }

    public ObjectCodec Codec => _codec ??= ObjectCodecs.For(Type);

    public static KnownType Of(Type type) => All.TryGetValue(type, out KnownType? known) ? known : All.GetOrAdd(type, new KnownType(type));
}
