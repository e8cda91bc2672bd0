namespace Tessera.Bench;

/// <summary>Movies of TIFF frames.</summary>
internal static class ImageStacks
{
    private const int Element = 100; // of a result, as peers/run.py tells it

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Raw("tiff-max", "`Max(axis: 0)`", x => x.Max(axis: 0).Compute()[0, Element]),
        Raw("tiff-mean", "mean per frame", x => x.Mean(axes: [1, 2]).Compute()[Element]),
        Raw("tiff-std", "`Std(axis: 0)`, frames as chunks", Deviation),
        Raw("tiff-std-rechunked", "`Std(axis: 0)`, Dask rechunked by hand", Deviation),
        Deflate("deflate-max", "`Max(axis: 0)`", x => x.Max(axis: 0).Compute()[0, Element]),
        Deflate("deflate-mean", "mean per frame", x => x.Mean(axes: [1, 2]).Compute()[Element]),
    ];

    private static object Deviation(ChunkedArray<byte> x) => x.Std(axis: 0).Compute()[0, Element];

    private static Case Raw(string name, string what, Func<ChunkedArray<byte>, object> run) =>
        new(name, $"300 TIFF frames 2048², uncompressed: {what}", setting => () => run(Open(Datasets.Raw(setting.Data))), "dask")
        {
            Limit = Limit.Read,
            Files = Datasets.WriteRaw,
        };

    private static Case Deflate(string name, string what, Func<ChunkedArray<byte>, object> run) =>
        new(name, $"300 TIFF frames 2048², Deflate: {what}", setting => () => run(Open(Datasets.Deflate(setting.Data))), "dask")
        {
            Limit = Limit.Inflate,
            Files = Datasets.WriteDeflate,
        };

    private static ChunkedArray<byte> Open(string folder) => ImageStack.Open<byte>(Path.Combine(folder, "*.tif"));
}
