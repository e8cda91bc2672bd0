using Tessera.Expressions;
using Tessera.Memory;
using Tessera.Tests.Expressions;
using Tessera.Tests.Memory;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering;

/// <summary>Budgets and pooled blocks, which are the whole process's.</summary>
[Collection(nameof(Alone))]
public class MemoryTests
{
    [Fact]
    public void A_small_budget_gives_the_same_answer_or_names_operation_and_bytes()
    {
        int refused = 0, computed = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Node tree = RandomTrees.Tree(seed, mostElements: seed % 10 == 0 ? 200_000 : 20_000);
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            Elements plain = Elements.Of(expression, new ComputeOptions());
            foreach (long budget in (long[])[1, 1000, 30_000, 300_000, 3_000_000])
            {
                try
                {
                    Elements tight = Elements.Of(expression, new ComputeOptions { MemoryBudget = budget, Scheduler = Schedulers.Threads(2) });
                    Assert.True(plain.Bytes.AsSpan().SequenceEqual(tight.Bytes), $"seed {seed}, budget {budget}: {tree}");
                    computed++;
                }
                catch (MemoryBudgetException error)
                {
                    Assert.Equal(budget, error.BudgetBytes);
                    Assert.True(error.RequiredBytes > budget, $"seed {seed}: {error.Message}");
                    Assert.NotEmpty(error.Operation);
                    Assert.Contains(error.Operation, error.Message);
                    refused++;
                }
            }
        }

        Assert.True(refused > 100 && computed > 100, $"{refused} were refused and {computed} computed");
    }

    [Fact]
    public void Every_block_is_back_after_every_run()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            ArrayExpression expression = TreeBuilder.Build(RandomTrees.Tree(seed), variation: seed);
            Elements.Of(expression, new ComputeOptions { Scheduler = seed % 2 == 0 ? Schedulers.Serial : Schedulers.Threads(3) });
            Assert.Equal(0, BlockPool.Shared.RunBytes);
        }
    }

    [Fact]
    public void Every_block_is_back_after_failed_and_cancelled_runs()
    {
        for (int failing = 1; failing < 30; failing++)
        {
            int reads = 0;
            using var cancel = new CancellationTokenSource();
            ArraySource source = new(ArraySource.OfZeros([32, 256, 256], [1, 256, 256]).Elements, [1, 256, 256])
            {
                Reading = _ =>
                {
                    if (Interlocked.Increment(ref reads) != failing)
                        return;
                    if (failing % 2 == 0)
                        throw new IOException("gone");
                    cancel.Cancel();
                },
            };
            ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
            ChunkedArray<double> held = x.Cast<double>() - x.Mean(axis: 0);
            var options = new ComputeOptions { Scheduler = Schedulers.Threads(2), Cancellation = cancel.Token };
            Exception? stopped = Record.Exception(() => held.Save(new DoubleSink(), options));
            Assert.True(stopped is ComputationException or OperationCanceledException or null, $"{stopped}");
            Assert.Equal(0, BlockPool.Shared.RunBytes);
        }

        ChunkedArray<int> gone = ChunkedArray.FromFunction<int>(_ => throw new IOException("gone"), [1000]);
        Assert.Throws<ComputationException>(() => gone.Persist());
        Assert.Equal(0, BlockPool.Shared.RunBytes);
    }

    [Fact]
    public void A_persisted_array_gives_its_block_back_when_nobody_uses_it()
    {
        int before = RentedWithoutGarbage();
        Use();
        Assert.Equal(before, RentedWithoutGarbage());

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Use()
        {
            ChunkedArray<long> kept = ChunkedArray.Arange(1000L).Persist();
            Assert.Equal(before + 1, BlockPool.Shared.RentedBlocks);
            Assert.Equal(499_500, kept.Sum().Compute());
        }
    }

    [Fact]
    public void A_run_holds_no_more_than_its_budget()
    {
        const long Budget = 24 << 20;
        long most = 0, before = BlockPool.Shared.RentedBytes;
        ArraySource source = new(ArraySource.OfZeros([64, 512, 512], [1, 512, 512]).Elements, [1, 512, 512])
        {
            Reading = _ => InterlockedMax(ref most, BlockPool.Shared.RentedBytes - before),
        };
        ChunkedArray<double> x = ChunkedArray.FromSource<int>(source).Cast<double>();
        (x - x.Mean(axis: 0)).Std().Compute(new ComputeOptions { MemoryBudget = Budget, Scheduler = Schedulers.Threads(4) });
        Assert.InRange(most, 1, Budget);
    }

    [Fact]
    public void A_result_larger_than_the_budget_is_refused_before_anything_is_read()
    {
        ArraySource source = ArraySource.OfInts([100, 100], [10, 10]);
        var options = new ComputeOptions { MemoryBudget = 30_000 };
        var error = Assert.Throws<MemoryBudgetException>(() => ChunkedArray.FromSource<int>(source).Compute(options));
        Assert.Contains("(100, 100)", error.Message);
        Assert.Equal((40_000, 30_000), (error.RequiredBytes, error.BudgetBytes));
        Assert.Throws<MemoryBudgetException>(() => ChunkedArray.FromSource<int>(source).Persist(options));
        Assert.Empty(source.Reads);
    }

    /// <summary>Other tests leave persisted arrays, which go at different times: it waits until no more do.</summary>
    private static int RentedWithoutGarbage()
    {
        int rented = -1;
        for (int same = 0; same < 3; same++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (rented != BlockPool.Shared.RentedBlocks)
                (rented, same) = (BlockPool.Shared.RentedBlocks, 0);
        }

        return rented;
    }

    private static void InterlockedMax(ref long most, long value)
    {
        long seen = Volatile.Read(ref most);
        while (value > seen)
            seen = Interlocked.CompareExchange(ref most, value, seen);
    }

    private sealed class DoubleSink : IBlockSink
    {
        public string Name => "nowhere";

        public Shape StorageChunks => [1, 256, 256];

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
        {
        }

        public void Complete()
        {
        }

        public void Abandon()
        {
        }
    }
}
