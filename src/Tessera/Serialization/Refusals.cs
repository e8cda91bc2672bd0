using System.Runtime.ConstrainedExecution;

namespace Tessera.Serialization;

/// <summary>What can't travel, with the reason and the remedy of each family.</summary>
internal static class Refusals
{
    public static readonly Refusal Pointer = new(
        "a pointer is an address in this process",
        "Copy what it points to into an array.");

    public static readonly Refusal Address = new(
        "a native integer may be a handle or an address of this process",
        "Keep numbers in a long.");

    public static readonly Refusal Handle = new(
        "a handle belongs to this process",
        "Open what it stands for inside the function, or in the pool's initializer.");

    public static readonly Refusal Stream = new(
        "a stream is open in this process only",
        "Open it inside the function, or in the pool's initializer.");

    public static readonly Refusal Process = new(
        "it stands for something that the system gave to this process",
        "Open it inside the function, or in the pool's initializer.");

    public static readonly Refusal Threading = new(
        "it ties together threads of this process",
        "Make it inside the function, or pass the values that it guards.");

    public static readonly Refusal Timer = new(
        "a timer runs in this process only",
        "Start it inside the function.");

    public static readonly Refusal Task = new(
        "a task runs in this process only",
        "Wait for it, and pass its result.");

    public static readonly Refusal Pool = new(
        "its workers belong to this process",
        "Make a pool inside the function, or run the function on a pool of threads (WorkerPool.Threads), where it may use this one. " +
        "If it needs something else of the object that holds the pool, copy that to a local variable before the call.");

    public static readonly Refusal Cancellation = new(
        "who may cancel it is in this process",
        "Use MapAsync with a function that takes a CancellationToken, or give a delayed function Delayed.Cancellation.");

    public static readonly Refusal PerThread = new(
        "its values belong to the threads of this process",
        "Make it in a static field, which every process has for itself.");

    public static readonly Refusal Weak = new(
        "what it refers to is kept by others in this process",
        "Refer to the object itself.");

    public static readonly Refusal ManagedMemory = new(
        "its memory is managed by an object of this process",
        "Copy it into an array.");

    public static readonly Refusal EmittedCode = new(
        "its code was emitted while this process ran, and is in no file",
        "Use a lambda or a method of the program.");

    public static readonly Refusal CodeFromMemory = new(
        "its assembly was loaded from memory, so no other process can find it",
        "Load the assembly from a file.");

    public static readonly Refusal Com = new(
        "a COM object lives in this process",
        "Make it inside the function.");

    public static readonly Refusal DerivedHashtable = new(
        "how it derives from Hashtable isn't known",
        "Use a Dictionary<object, object>.");

    public static readonly Refusal LeadsToItself = new(
        "what travels in its place leads back to it",
        "Take the reference back out of what travels.");

    public static readonly Refusal Builder = new(
        "it is ordered by the hash codes of this process",
        "Call ToImmutable, and pass what that gives.");

    public static readonly Refusal Xml = new(
        "its names are compared by reference in this process",
        "Pass its text, or use System.Xml.Linq.");

    public static readonly Refusal Unknown = new(
        "how to make it in another process isn't known",
        "Make it inside the function, or in the pool's initializer.");

    public static Refusal? OfStruct(Type type)
    {
        if (type == typeof(nint) || type == typeof(nuint))
            return Address;
        if (type.Assembly != typeof(object).Assembly || type.Namespace != "System.Runtime.InteropServices" && type.Namespace != "System.Runtime")
            return null;
        return type.Name.Contains("GCHandle", StringComparison.Ordinal) || type.Name is "DependentHandle" or "HandleRef" ? Handle : null;
    }

    public static Refusal? OfClass(Type type)
    {
        if (type.IsCOMObject)
            return Com;
        if (typeof(IStays).IsAssignableFrom(type))
            return Pool;
        if (typeof(Stream).IsAssignableFrom(type))
            return type == typeof(MemoryStream) ? null : Stream;
        if (typeof(TextWriter).IsAssignableFrom(type) || typeof(TextReader).IsAssignableFrom(type))
            return type == typeof(StringWriter) || type == typeof(StringReader) ? null : Stream;
        if (typeof(Task).IsAssignableFrom(type))
            return Task;
        if (typeof(CriticalFinalizerObject).IsAssignableFrom(type) && !typeof(Thread).IsAssignableFrom(type))
            return Handle; // safe and critical handles
        if (typeof(WaitHandle).IsAssignableFrom(type))
            return Handle;
        if (typeof(BinaryReader).IsAssignableFrom(type) || typeof(BinaryWriter).IsAssignableFrom(type))
            return Stream;
        if (typeof(CancellationTokenSource).IsAssignableFrom(type))
            return Cancellation;
        if (typeof(WeakReference).IsAssignableFrom(type))
            return Weak;
        for (Type? b = type; b is not null && b != typeof(object); b = b.BaseType)
        {
            if (IsOfPlatform(b) && OfPlatform(b) is { } refusal)
                return refusal;
        }
        return null;
    }

    /// <summary>By names, for to mention a type would load its assembly.</summary>
    private static Refusal? OfPlatform(Type type) => (type.Namespace ?? "", type.Name) switch
    {
        ("System", "WeakReference`1") or ("System.Runtime.CompilerServices", "ConditionalWeakTable`2") => Weak,
        ("System.Threading", "Lock") => null,
        ("System.Threading", "Timer" or "PeriodicTimer" or "TimerQueueTimer") => Timer,
        ("System.Threading", "ThreadLocal`1" or "AsyncLocal`1") or ("System.Collections.Concurrent", "ConcurrentBag`1") => PerThread,
        ("System.Threading", _) => Threading,
        ("System.Timers", _) => Timer,
        ("System.Collections.Immutable", "Builder") when type.DeclaringType!.Name is "ImmutableDictionary`2" or "ImmutableHashSet`1" => Builder,
        ("System.IO", "FileSystemWatcher") => Process,
        ("System.Threading.Tasks", _) => Task,
        ("System.Net.Sockets", _) => Process,
        ({ } name, "Stopwatch" or "StackTrace" or "StackFrame" or "FileVersionInfo") when name == "System.Diagnostics" => null,
        ({ } name, _) when IsUnder(name, "System.Diagnostics") && !typeof(Attribute).IsAssignableFrom(type) => Process,
        ({ } name, _) when IsUnder(name, "System.Xml") && !IsUnder(name, "System.Xml.Linq") => Xml,
        ("System.Linq.Expressions.Interpreter", _) => EmittedCode,
        ("System.Runtime.CompilerServices", "Closure") => EmittedCode, // constants of compiled expressions
        ({ } name, _) when IsUnder(name, "System.Reflection.Emit") => EmittedCode,
        ({ } name, _) when IsUnder(name, "System.Security.Cryptography") || IsUnder(name, "Microsoft.Win32") => Handle,
        ({ } name, _) when IsUnder(name, "System.Threading") => Threading,
        ({ } name, _) when IsUnder(name, "System.Net.Http") || IsUnder(name, "System.Net.WebSockets") || IsUnder(name, "System.IO.Pipes")
            || IsUnder(name, "System.IO.MemoryMappedFiles") || IsUnder(name, "System.Runtime.Loader") || IsUnder(name, "System.Runtime.InteropServices") => Process,
        ({ } name, _) when IsUnder(name, "System.Text.RegularExpressions") && type.Name is "RegexRunner" => Unknown,
        _ => null,
    };

    private static bool IsUnder(string name, string part) =>
        name.StartsWith(part, StringComparison.Ordinal) && (name.Length == part.Length || name[part.Length] == '.');

    public static bool IsOfPlatform(Type type) =>
        type.Assembly == typeof(object).Assembly || type.Assembly.FullName!.StartsWith("System.", StringComparison.Ordinal)
        || type.Assembly.FullName.StartsWith("Microsoft.", StringComparison.Ordinal);
}
