using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Tessera.Tests.Serialization;

public class RefusalTests
{
    private sealed class Order
    {
        public Customer Customer { get; init; } = new();
    }

    private sealed class Customer
    {
        public object? Log { get; init; }
    }

    private struct Handles
    {
        public string Text;
        public nint Handle;
    }

    private sealed unsafe class Pointing
    {
        public int* Pointer = (int*)8;
    }

    [Fact]
    public void The_error_names_the_captured_variable()
    {
        using FileStream log = File.OpenRead(typeof(RefusalTests).Assembly.Location);
        Func<long> length = () => log.Length;
        Assert.Equal(
            "The captured variable 'log' of type FileStream can't travel to another process: a stream is open in this process only. " +
            "Open it inside the function, or in the pool's initializer.",
            Refused.Message(length));
    }

    [Fact]
    public void The_error_names_the_path_through_objects_lists_and_tables()
    {
        var order = new Order { Customer = new Customer { Log = new Thread(() => { }) } };
        Assert.StartsWith("'order.Customer.Log' of type Thread can't travel", Refused.Message(Capture(order)));
        Assert.StartsWith("'orders[1].Customer.Log' of type Thread can't travel", Refused.Message(CaptureAll([null, order])));
        Assert.StartsWith("'table[first][0].Customer.Log' of type Thread can't travel", Refused.Message(CaptureTable(new() { ["first"] = [order] })));
        Assert.StartsWith("'pair.Item2.Customer.Log' of type Thread can't travel", Refused.Message(CapturePair((1, order))));

        static Func<object?> Capture(Order order) => () => order.Customer;
        static Func<object?> CaptureAll(Order?[] orders) => () => orders;
        static Func<object?> CaptureTable(Dictionary<string, List<Order>> table) => () => table;
        static Func<object?> CapturePair((int, Order) pair) => () => pair;
    }

    [Fact]
    public void The_error_names_a_field_that_is_no_object()
    {
        var handles = new Handles { Text = "x", Handle = 5 };
        Func<Handles> function = () => handles;
        Assert.StartsWith("'handles.Handle' of type IntPtr can't travel to another process: a native integer", Refused.Message(function));
        Assert.StartsWith("'Pointer' of type Int32* can't travel to another process: a pointer is an address in this process", Refused.Message(new Pointing()));
        Assert.StartsWith("A value of type IntPtr can't travel", Refused.Message((nint)5));
        Assert.StartsWith("A value of type IntPtr can't travel", Refused.Message<object>((nint)5));
        Assert.Contains("address", Refused.Message(new nint[] { 1 }));
    }

    public static TheoryData<object, string> Refusals => new()
    {
        { new StreamReader(Stream.Null), "a stream is open in this process only" },
        { Console.Out, "a stream is open in this process only" },
        { new Thread(() => { }), "it ties together threads" },
        { new CancellationTokenSource(), "who may cancel it is in this process" },
        { new CancellationTokenSource().Token, "who may cancel it is in this process" },
        { Task.FromResult(1), "Wait for it, and pass its result" },
        { new Timer(_ => { }), "a timer runs in this process only" },
        { new PeriodicTimer(TimeSpan.FromDays(1)), "a timer runs in this process only" },
        { new ManualResetEvent(false), "a handle belongs to this process" },
        { new SemaphoreSlim(1), "it ties together threads" },
        { System.Diagnostics.Process.GetCurrentProcess(), "it stands for something that the system gave" },
        { new WeakReference(new object()), "what it refers to is kept by others" },
        { new WeakReference<object>(new object()), "what it refers to is kept by others" },
        { new ThreadLocal<int>(), "its values belong to the threads" },
        { new AsyncLocal<int>(), "its values belong to the threads" },
        { GCHandle.Alloc("x"), "a handle belongs to this process" },
        { new HttpClient(), "it stands for something that the system gave" },
        { new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp), "it stands for something" },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void What_belongs_to_a_process_is_refused(object value, string reason)
    {
        Assert.Contains(reason, Refused.Message(value));
        Assert.StartsWith("The captured variable 'value'", Refused.Message<Func<object>>(() => value));
    }

    [Fact]
    public void Tokens_that_cannot_change_travel()
    {
        Assert.False(RoundTrip.Of(CancellationToken.None).CanBeCanceled);
        Assert.True(RoundTrip.Of(new CancellationToken(true)).IsCancellationRequested);
    }

    [Fact]
    public void Code_without_a_file_is_refused()
    {
        var context = new AssemblyLoadContext("memory", isCollectible: true);
        using var file = new MemoryStream(File.ReadAllBytes(typeof(Tessera.TiffOptions).Assembly.Location));
        Type type = context.LoadFromStream(file).GetTypes().First(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false });
        object value = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        Assert.Contains("its assembly was loaded from memory", Refused.Message(value));
        Assert.Contains("its assembly was loaded from memory", Refused.Message<Type>(type));

        var emitted = System.Reflection.Emit.AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Emitted"), System.Reflection.Emit.AssemblyBuilderAccess.Run);
        Type made = emitted.DefineDynamicModule("m").DefineType("Made").CreateType();
        Assert.Contains("its code was emitted", Refused.Message(Activator.CreateInstance(made)));
    }
}
