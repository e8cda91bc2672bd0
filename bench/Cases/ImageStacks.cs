namespace Tessera.Bench;

/// <summary>Movies of TIFF frames.</summary>
internal static class ImageStacks
{
    public static IReadOnlyList<Case> Cases { get; } =
    [
        Raw("tiff-max", "`Max(axis: 0)`", x => x.Max(axis: 0).Compute()[0, Case.Element]),
        Raw("tiff-mean", "mean per frame", x => x.Mean(axes: [1, 2]).Compute()[Case.Element]),
        Raw("tiff-std", "`Std(axis: 0)`, frames as chunks", Deviation),
        Raw("tiff-std-rechunked", "`Std(axis: 0)`, Dask rechunked by hand", Deviation),
        Deflate("deflate-max", "`Max(axis: 0)`", x => x.Max(axis: 0).Compute()[0, Case.Element]),
        Deflate("deflate-mean", "mean per frame", x => x.Mean(axes: [1, 2]).Compute()[Case.Element]),
    ];

    private static object Deviation(ChunkedArray<byte> x) => x.Std(axis: 0).Compute()[0, Case.Element];

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
