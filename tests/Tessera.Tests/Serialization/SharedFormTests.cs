using System.Runtime.Serialization;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

/// <summary>Objects that travel by a form, and are led to by several others that are on their way at the same time.</summary>
public class SharedFormTests
{
    /// <summary>Can't travel by its fields.</summary>
    private sealed class Client(string address, Settings settings) : ITravels
    {
        public readonly Thread Native = new(() => { });

        public string Address => address;

        public Settings Settings => settings;

        /// <summary>Of what it was opened with, as it was then.</summary>
        public int Seen { get; } = settings.Limits.Values.Sum() + (settings.Parent?.Limits.Values.Sum() ?? 0);

        public ITravelForm<object> TravelForm => new Form(address, settings);

        private sealed record Form(string Address, Settings Settings) : ITravelForm<Client>
        {
            public Client Open() => new(Address, Settings);
        }
    }

    private sealed class Settings
    {
        public Dictionary<object, int> Limits = [];
        public Settings? Parent;
        public object? Other;
    }

    private sealed record Holder(Client Client, object? Other = null);

    private static Settings Make(int limit) => new() { Limits = new() { [("a", limit)] = limit, [new List<int> { limit }] = 1 } };

    [Fact]
    public void Several_objects_may_have_one_with_a_form()
    {
        var client = new Client("there", Make(3));
        Holder[] arrived = RoundTrip.Of<Holder[]>([.. Enumerable.Range(0, 1000).Select(i => new Holder(client, i))]);
        Assert.All(arrived, (holder, i) => Assert.Equal((arrived[0].Client, i), (holder.Client, holder.Other)));
        Assert.Equal(("there", 4), (arrived[0].Client.Address, arrived[0].Client.Seen));
    }

    /// <summary>What a form leads to is whole when the object is made of it, also if it was announced before, and hangs on what was read before.</summary>
    [Fact]
    public void What_a_form_shares_with_what_waits_is_whole()
    {
        Settings parent = Make(10), settings = Make(3);
        settings.Parent = parent;
        parent.Limits[settings] = 100;
        Client one = new("one", settings), other = new("other", parent);
        var sent = new object[] { new Holder(one, parent), new Holder(other, one), parent, new Holder(one, settings), settings, new Holder(other), new double[20_000] };
        object[] arrived = RoundTrip.Of(sent);
        var holders = arrived.OfType<Holder>().ToArray();
        Assert.Equal((one.Seen, other.Seen), (holders[0].Client.Seen, holders[1].Client.Seen));
        Assert.Same(holders[0].Client, holders[2].Client);
        Assert.Same(holders[0].Client, holders[1].Other);
        Assert.Same(holders[1].Client, holders[3].Client);
        Assert.Same(arrived[2], holders[0].Other);
        Assert.Same(arrived[4], ((Settings)arrived[2]).Limits.Keys.OfType<Settings>().Single());
        Assert.Equal(100, ((Settings)arrived[2]).Limits[arrived[4]]);
    }

    [Fact]
    public void Functions_may_capture_it_beside_others_that_have_it()
    {
        var client = new Client("there", Make(3));
        int add = 5;
        Func<int> first = () => client.Seen + add;
        Func<int> second = () => client.Seen - add;
        client.Settings.Other = new Func<int>(() => add);
        (Holder A, Func<int> First, Holder B, Func<int> Second) = RoundTrip.Of((new Holder(client, first), first, new Holder(client, second), second));
        Assert.Equal((9, -1), (First(), Second()));
        Assert.Equal(5, ((Func<int>)A.Client.Settings.Other!)());
        Assert.Same(A.Client, B.Client);
        Assert.Same(First, A.Other);
    }

    [Fact]
    public void A_form_that_leads_back_by_way_of_others_is_refused()
    {
        var settings = new Settings();
        var client = new Client("there", settings);
        settings.Other = new Holder(client);
        var writer = new MessageWriter();
        Assert.Contains("leads back to it", Assert.Throws<SerializationException>(() => writer.Write(new object[] { new Holder(client), settings })).Message);
        writer.Clear();
        writer.Write(new object[] { new Holder(new Client("there", Make(1))) }); // and the writer is as good as new
        Assert.Equal("there", ((Holder)RoundTrip.Begin(writer).Read<object[]>()[0]).Client.Address);
    }

    /// <summary>Values of one message, of which each is written as it must be.</summary>
    [Fact]
    public void Of_several_values_one_may_share_what_the_others_have_alone()
    {
        Client shared = new("shared", Make(3)), alone = new("alone", Make(2));
        var writer = new MessageWriter();
        writer.Write(new Holder(alone));
        writer.Write(new[] { new Holder(shared), new Holder(shared, alone) });
        writer.Write<(Client, Client)>((shared, alone));
        MessageReader reader = RoundTrip.Begin(writer);
        var first = reader.Read<Holder>();
        var pair = reader.Read<Holder[]>();
        (Client s, Client a) = reader.Read<(Client, Client)>();
        reader.Finish();
        Assert.Same(first.Client, a);
        Assert.Same(a, pair[1].Other);
        Assert.Same(s, pair[0].Client);
        Assert.Same(s, pair[1].Client);
    }
}
