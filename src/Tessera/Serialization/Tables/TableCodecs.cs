namespace Tessera.Serialization;

/// <summary>Chooses the codec of hash tables, by the first type on the way to object that is one.</summary>
internal static class TableCodecs
{
    /// <summary>Null where a type isn't a hash table.</summary>
    public static ObjectCodec? For(Type type)
    {
        for (Type? table = type; table is not null; table = table.BaseType)
        {
            if (table.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) != true && table.Namespace != "System.Linq")
                continue;
            Type? codec = table.IsGenericType ? table.Name switch
            {
                "Dictionary`2" => typeof(DictionaryCodec<,>),
                "HashSet`1" => typeof(HashSetCodec<>),
                "ConcurrentDictionary`2" => typeof(ConcurrentDictionaryCodec<,>),
                "OrderedDictionary`2" => typeof(OrderedDictionaryCodec<,>),
                "ImmutableDictionary`2" => typeof(ImmutableDictionaryCodec<,>),
                "ImmutableHashSet`1" => typeof(ImmutableHashSetCodec<>),
                "FrozenDictionary`2" => typeof(FrozenDictionaryCodec<,>),
                "FrozenSet`1" => typeof(FrozenSetCodec<>),
                "Lookup`2" => typeof(LookupCodec<,>),
                _ => null,
            } : null;
            if (codec is not null && !table.IsNested)
                return (ObjectCodec)Activator.CreateInstance(codec.MakeGenericType(table.GetGenericArguments()), type)!;
            if (table.FullName == "System.Collections.Hashtable")
                return type == table ? new HashtableCodec(type) : new RefusedCodec(Refusals.DerivedHashtable);
        }
        return null;
    }
}
