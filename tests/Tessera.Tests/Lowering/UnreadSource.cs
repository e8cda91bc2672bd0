namespace Tessera.Tests.Lowering;

/// <summary>A source that is planned with and never read. Counts how often a plan looks at its storage.</summary>
internal sealed class UnreadSource(Shape shape, Shape storageChunks) : IBlockSource
{
    private int _looks;

    /// <summary>How often its storage chunks were asked for.</summary>
    public int Looks => _looks;

    public string Name => "unread";

    public ElementType ElementType => ElementType.Single;

    public Shape Shape => shape;

    public Shape StorageChunks
    {
        get
        {
            _looks++;
            return storageChunks;
        }
    }

    public bool IsCheap { get; init; }

    public bool ReadsAsync { get; init; }

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation) =>
        throw new InvalidOperationException("Nothing was to be read.");
}
