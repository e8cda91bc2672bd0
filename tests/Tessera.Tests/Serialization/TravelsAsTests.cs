using System.Runtime.Serialization;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

public class TravelsAsTests
{
    /// <summary>Can't travel by its fields; arrives from its program, which must be whole by then.</summary>
    private sealed class Machine : ITravels
    {
        public readonly Thread Native = new(() => { });

        public Machine(Program program)
        {
            Program = program;
            Sum = program.Numbers.Sum() + program.Table.Values.Sum() + (program.Next?.Numbers.Sum() ?? 0);
        }

        public Program Program { get; }

        public double Sum { get; }

        public ITravelForm<object> TravelForm => new Trip(Program);

        private sealed class Trip(Program program) : ITravelForm<object>
        {
            public object Open() => new Machine(program);
        }
    }

    private sealed class Program
    {
        public double[] Numbers = [];
        public Dictionary<object, double> Table = [];
        public Program? Next;
        public Machine? Inner;
    }

    private sealed class Selfish : ITravels
    {
        public ITravelForm<object> TravelForm => new Trip(this);

        private sealed class Trip(object self) : ITravelForm<object>
        {
            public object Open() => self;
        }
    }

    private static Program Make() => new()
    {
        Numbers = [.. Enumerable.Repeat(1.0, 10_000)],
        Table = new() { ["a"] = 0.25, [("b", "c")] = 0.5 },
        Next = new Program { Numbers = [2] },
    };

    [Fact]
    public void What_travels_is_whole_when_the_object_is_made_of_it()
    {
        var machine = new Machine(Make());
        Machine arrived = RoundTrip.Of(machine);
        Assert.Equal(machine.Sum, arrived.Sum);
        Assert.NotNull(arrived.Native);
    }

    [Fact]
    public void What_is_shared_with_the_outside_is_whole_too()
    {
        Program program = Make();
        Program inner = Make();
        inner.Inner = new Machine(program);
        (Program P, Machine A, Machine B, object[] All) sent = (program, new Machine(program), new Machine(inner), [program, new double[50_000]]);
        (Program P, Machine A, Machine B, object[] All) arrived = RoundTrip.Of(sent);
        Assert.Same(arrived.P, arrived.A.Program);
        Assert.Same(arrived.P, arrived.B.Program.Inner!.Program);
        Assert.Same(arrived.P, arrived.All[0]);
        Assert.Equal(sent.A.Sum, arrived.A.Sum);
        Assert.Equal(sent.B.Program.Inner!.Sum, arrived.B.Program.Inner.Sum);
    }

    [Fact]
    public void A_function_may_capture_what_captures_it()
    {
        Func<Machine>? get = null;
        var machine = new Machine(new Program { Table = new() { [new Func<object?>(() => get)] = 1 } });
        get = () => machine;
        Func<Machine> arrived = RoundTrip.Of(get);
        Assert.Equal(1, arrived().Sum);
        Assert.Same(arrived, ((Func<object?>)arrived().Program.Table.Keys.Single())());
    }

    [Fact]
    public void Many_of_them_one_within_another_need_no_deep_stack()
    {
        Program first = Make();
        Program[] programs = [first, .. Enumerable.Range(0, 20_000).Select(i => new Program { Inner = new Machine(first), Next = first })];
        Program[] arrived = RoundTrip.Of(programs);
        Assert.All(arrived[1..], program => Assert.Same(arrived[0], program.Inner!.Program));
        Assert.Equal(programs[9].Inner!.Sum, arrived[9].Inner!.Sum);
    }

    [Fact]
    public void What_travels_must_not_lead_back() =>
        Assert.Contains("leads back to it", Assert.Throws<SerializationException>(() => new MessageWriter().Write(new Selfish())).Message);

    [Fact]
    public void Another_build_is_refused()
    {
        string message = Assert.Throws<SerializationException>(() => KnownModule.Find(Guid.Empty, typeof(Machine).Assembly.FullName!, "")).Message;
        Assert.Contains("different builds of Tessera.Tests", message);
        Assert.Contains(Guid.Empty.ToString(), message);
        Assert.Contains(typeof(Machine).Module.ModuleVersionId.ToString(), message);
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_named() => Assert.Contains(
        "Nowhere",
        Assert.Throws<SerializationException>(() => KnownModule.Find(Guid.Empty, "Nowhere, Version=1.0.0.0", "")).Message);
}
