using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using System.Runtime.Serialization;

namespace Tessera.Serialization;

/// <summary>A module of the program, which both processes have loaded from the same file.</summary>
internal sealed class KnownModule
{
    private static readonly ConcurrentDictionary<Module, KnownModule> All = [];
    private static readonly ConcurrentDictionary<Guid, KnownModule> ByVersion = [];

    private readonly ConcurrentDictionary<int, KnownType> _types = [];

    private KnownModule(Module module)
    {
        Module = module;
        Name = module.Assembly.FullName ?? module.Name;
        Location = module.Assembly.IsDynamic ? "" : module.Assembly.Location;
        Refusal = RefusalOf(module.Assembly);
        Version = Refusal is null ? module.ModuleVersionId : default;
    }

    public Module Module { get; }

    /// <summary>The assembly's full name.</summary>
    public string Name { get; }

    /// <summary>The assembly's file; empty for what a single file bundles.</summary>
    public string Location { get; }

    /// <summary>Differs for every build that differs.</summary>
    public Guid Version { get; }

    /// <summary>Why no other process can load the module; null where it can.</summary>
    public Refusal? Refusal { get; }

    public static KnownModule Of(Module module) =>
        All.TryGetValue(module, out KnownModule? known) ? known : All.GetOrAdd(module, new KnownModule(module));

    /// <summary>The module that another process wrote.</summary>
    /// <exception cref="SerializationException">It isn't here, or is another build.</exception>
    public static KnownModule Find(Guid version, string name, string location)
    {
        if (ByVersion.TryGetValue(version, out KnownModule? known))
            return known;
        KnownModule found = Of(Load(version, name, location).ManifestModule);
        if (found.Version != version)
            throw new SerializationException(
                $"The processes run different builds of {new AssemblyName(name).Name}: a value came from version id {version}, and this process has {found.Version}. " +
                "Build the program once and start all processes from that build.");
        return ByVersion.GetOrAdd(version, found);
    }

    /// <summary>A type by its row in the module's table of types.</summary>
    public KnownType TypeAt(int token) =>
        _types.TryGetValue(token, out KnownType? type) ? type : _types.GetOrAdd(token, KnownType.Of(Module.ResolveType(token)));

    /// <summary>By its name, as the program finds it; from its file where the program doesn't, as with plug-ins.</summary>
    private static Assembly Load(Guid version, string name, string location)
    {
        foreach (Assembly loaded in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (loaded.FullName == name && !loaded.IsDynamic && loaded.ManifestModule.ModuleVersionId == version)
                return loaded;
        }

        Assembly? found = null;
        Exception? missing = null;
        try
        {
            found = Assembly.Load(new AssemblyName(name));
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            missing = error;
        }

        if (found?.ManifestModule.ModuleVersionId != version && File.Exists(location))
            return FromFile(name, location);
        return found ?? throw new SerializationException(
            $"A value came from the assembly {name}, which this process can't load: {missing!.Message} Load it in the pool's initializer.", missing);
    }

    /// <summary>In a context of its own, since another assembly of this name may be there. What it needs is looked for beside it as well.</summary>
    private static Assembly FromFile(string name, string location)
    {
        var context = new AssemblyLoadContext(name);
        context.Resolving += (within, needed) => Path.Combine(Path.GetDirectoryName(location)!, $"{needed.Name}.dll") is var beside && File.Exists(beside)
            ? within.LoadFromAssemblyPath(beside)
            : null;
        return context.LoadFromAssemblyPath(location);
    }

    private static Refusal? RefusalOf(Assembly assembly)
    {
        if (assembly.IsDynamic)
            return Refusals.EmittedCode;
        if (assembly.Location != "")
            return null;
        // what a single file bundles has no file of its own either, and can be loaded by its name
        bool isBundled = AssemblyLoadContext.GetLoadContext(assembly) == AssemblyLoadContext.Default
            && Assembly.GetEntryAssembly() is { Location: "" };
        return isBundled ? null : Refusals.CodeFromMemory;
    }
}
