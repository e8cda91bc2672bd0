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

    /// <summary>Travels by its form if it has one, else by its fields.</summary>
    private class Either(int number, Program? program) : ITravels
    {
        public readonly int Number = number;
        public readonly Program? Program = program;

        public virtual ITravelForm<object>? TravelForm => Number < 0 ? null : new Doubled(Number);

        private sealed record Doubled(int Number) : ITravelForm<Either>
        {
            public Either Open() => new(2 * Number, null);
        }
    }

    /// <summary>By the fields it couldn't travel.</summary>
    private sealed class Feed(int number) : MemoryStreamOf, ITravels
    {
        public int Number => number;

        public ITravelForm<object>? TravelForm => number < 0 ? null : new Form(number);

        private sealed record Form(int Number) : ITravelForm<Feed>
        {
            public Feed Open() => new(Number);
        }
    }

    private class MemoryStreamOf : MemoryStream;

    [Fact]
    public void An_object_travels_by_its_form_or_without_one_by_its_fields()
    {
        Program program = Make();
        var without = new Either(-3, program);
        (Either With, Either Without, Either Again, Program P) arrived = RoundTrip.Of((new Either(21, program), without, without, program));
        Assert.Equal((42, -3), (arrived.With.Number, arrived.Without.Number));
        Assert.Null(arrived.With.Program);
        Assert.Same(arrived.P, arrived.Without.Program);
        Assert.Same(arrived.Without, arrived.Again);
        Assert.Equal(program.Numbers, arrived.P.Numbers);
    }

    [Fact]
    public void A_form_lets_travel_what_would_be_refused_and_without_one_it_is_refused()
    {
        Assert.Equal(7, RoundTrip.Of(new Feed(7)).Number);
        Assert.Contains("Feed", Assert.Throws<SerializationException>(() => new MessageWriter().Write(new Feed(-1))).Message);
    }

    /// <summary>Copied field by field it would find nothing: hash codes are those of a process.</summary>
    private sealed class Table : Dictionary<object, int>, ITravels;

    private struct Ticket(int number, int opened = 0) : ITravels
    {
        public readonly int Number = number, Opened = opened;

        public readonly ITravelForm<object>? TravelForm => Number < 0 ? null : new Form(Number);

        private sealed record Form(int Number) : ITravelForm<object>
        {
            public object Open() => new Ticket(Number, opened: 1);
        }
    }

    [Fact]
    public void Without_a_form_an_object_travels_as_others_of_its_kind()
    {
        var key = new Program();
        (Table Table, Program Key) arrived = RoundTrip.Of((new Table { [key] = 3 }, key));
        Assert.Equal(3, arrived.Table[arrived.Key]);
    }

    [Fact]
    public void A_struct_that_is_an_object_is_asked_for_its_form()
    {
        object[] arrived = RoundTrip.Of(new object[] { new Ticket(7), new Ticket(-7) });
        Assert.Equal([(7, 1), (-7, 0)], arrived.Select(ticket => (((Ticket)ticket).Number, ((Ticket)ticket).Opened)));
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
