using System.Runtime.InteropServices;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Tests.PlainExecution;

/// <summary>
/// Blocks in managed memory that hold an executor to its contract: a block is made once it is opened, has an address only while it is pinned, and is released
/// when nobody pins it. What tasks read is compared with what was made, so that a task which writes to its inputs is found.
/// </summary>
internal sealed class CheckedBlocks : BlockStore
{
    private readonly Lock _gate = new();
    private readonly HashSet<BlocksOutput> _outputs = [];
    private readonly Dictionary<(BlocksOutput, long), Held> _blocks = [];
    private int _pinned;

    /// <summary>Blocks that were there when the run was over.</summary>
    public int Left { get; private set; }

    /// <summary>Pins that nobody has taken back when the run was over.</summary>
    public int Pins { get; private set; }

    /// <summary>Which pin fails, from 1; none if it is 0.</summary>
    public int FailingPin { get; init; }

    public override void Open(BlocksOutput output) => Assert.True(_outputs.Add(output), "An output was opened twice.");

    public override nint Make(BlocksOutput output, long block)
    {
        lock (_gate)
        {
            Assert.Contains(output, _outputs);
            var held = new Held(output.SizeOf(block)) { Pins = 1 };
            _blocks[(output, block)] = held;
            return held.Address;
        }
    }

    public override unsafe nint Continue(BlocksOutput output, long from, long block)
    {
        nint source = AddressOf(output, from), address = Make(output, block);
        long bytes = output.SizeOf(block);
        Buffer.MemoryCopy((void*)source, (void*)address, bytes, bytes);
        return address;
    }

    public override nint AddressOf(BlocksOutput output, long block)
    {
        lock (_gate)
        {
            Held held = _blocks[(output, block)];
            Assert.True(held.Pins > 0, $"Block {block} was looked at, and nobody had pinned it.");
            return held.Address;
        }
    }

    public override void Pin(BlocksOutput output, long block)
    {
        lock (_gate)
        {
            if (++_pinned == FailingPin)
                throw new IOException("The block can't be loaded.");
            Held held = _blocks[(output, block)];
            Assert.False(held.IsBeingMade, $"Block {block} is read before the task that makes it is over.");
            held.Pins++;
        }
    }

    public override void Unpin(BlocksOutput output, long block)
    {
        lock (_gate)
        {
            if (!_blocks.TryGetValue((output, block), out Held? held))
                return; // its task failed before it made any
            held.Pins--;
            Assert.True(held.Pins >= 0, $"Block {block} was unpinned more often than pinned.");
            if (held.IsBeingMade)
                held.Made();
            else
                Assert.True(held.IsAsMade, $"Block {block} was written to by a task that reads it.");
        }
    }

    public override void Release(BlocksOutput output, long block)
    {
        lock (_gate)
        {
            Assert.True(_blocks.Remove((output, block), out Held? held), $"Block {block} was released and isn't there.");
            Assert.Equal(0, held.Pins);
        }
    }

    public override void Dispose() => (Left, Pins) = (_blocks.Count, _blocks.Values.Sum(held => held.Pins));

    private sealed class Held(long bytes)
    {
        private readonly byte[] _bytes = GC.AllocateArray<byte>((int)Math.Max(1, bytes), pinned: true);
        private byte[] _made = [];

        public nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);

        public int Pins { get; set; }

        public bool IsBeingMade { get; private set; } = true;

        public void Made() => (IsBeingMade, _made) = (false, [.. _bytes]);

        public bool IsAsMade => _made.AsSpan().SequenceEqual(_bytes);
    }
}
