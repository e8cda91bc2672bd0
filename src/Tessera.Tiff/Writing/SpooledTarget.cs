namespace Tessera.TiffFormat;

/// <summary>
/// A stream that can't seek. A TIFF's header says where its directories are, and strips are done in any order; so the file is made in a
/// temporary one, and goes into the stream when it is whole. A stream that fails before has got nothing.
/// </summary>
/// <param name="stream">The stream, which stays open.</param>
internal sealed class SpooledTarget(Stream stream) : WriteTarget
{
    private FileStream? _file;

    public override string Name => StreamBytes.NameOf(stream);

    public override void Begin()
    {
        string path = Path.Combine(Path.GetTempPath(), $"tessera-{Guid.NewGuid():N}.part");
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
    }

    public override void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file!.SafeFileHandle, bytes, offset);

    public override void Complete()
    {
        _file!.Position = 0;
        _file.CopyTo(stream, 1 << 20);
        Dispose();
    }

    public override void Dispose() => _file?.Dispose();
}
