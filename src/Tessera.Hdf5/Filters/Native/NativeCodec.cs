namespace Tessera.Hdf5Format;

/// <summary>A native library that decodes one filter. Where it isn't found, everything else works and the refusal names what to install.</summary>
/// <param name="filter">The filter, for the refusal.</param>
/// <param name="id">Its number.</param>
/// <param name="names">The file's names, as <see cref="SystemLibrary"/> wants them.</param>
/// <param name="packages">What brings it: Debian and Ubuntu, Fedora, Homebrew, vcpkg.</param>
internal sealed class NativeCodec(string filter, int id, string[] names, (string Debian, string Fedora, string Brew, string Vcpkg) packages)
{
    private readonly SystemLibrary _library = new(names);

    /// <summary>A function's address; 0 where there is no library, or one without it.</summary>
    public nint Find(string function) => _library.Find(function);

    /// <summary>Refuses to go on without a function.</summary>
    /// <exception cref="NotSupportedException">The address is 0.</exception>
    public void Require(nint address)
    {
        if (address != 0)
            return;
        throw new NotSupportedException(
            $"The chunks were written with the filter '{filter}' (number {id}), and the library that reads it, {names[0]}, isn't installed or is too old; " +
            $"install {packages.Debian} (Debian, Ubuntu), {packages.Fedora} (Fedora), {packages.Brew} (macOS, with Homebrew), or put the library of vcpkg's " +
            $"{packages.Vcpkg} beside the program (Windows).");
    }
}
