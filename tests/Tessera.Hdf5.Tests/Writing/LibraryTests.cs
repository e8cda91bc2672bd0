namespace Tessera.Hdf5Format.Tests;

public class LibraryTests
{
    [Fact]
    public void Without_the_library_the_error_says_what_to_install_and_that_reading_needs_none()
    {
        var tried = new List<string>();
        string message = Assert.Throws<DllNotFoundException>(() => LibraryPlaces.Find(name =>
        {
            tried.Add(name);
            return 0;
        })).Message;
        Assert.Equal(LibraryPlaces.Names, tried);
        foreach (string part in new[] { "apt-get install hdf5-tools", "dnf install hdf5", "brew install hdf5", "conda install hdf5", "Reading needs no library", tried[0] })
            Assert.Contains(part, message);
    }

    [Fact]
    public void The_first_library_that_is_found_is_taken()
    {
        string third = LibraryPlaces.Names.ElementAt(2);
        Assert.Equal(7, LibraryPlaces.Find(name => name == third ? 7 : 0));
    }

    [Fact]
    public void Versions_that_can_not_write_are_refused_by_number()
    {
        foreach (Version old in new[] { new Version(1, 8, 23), new Version(1, 10, 0), new Version(1, 10, 6), new Version(1, 12, 0) })
            Assert.Contains($"is {old}, and writing needs 1.10.7", Assert.Throws<PlatformNotSupportedException>(() => NativeHdf5.CheckVersion(old)).Message);
        foreach (Version good in new[] { new Version(1, 10, 7), new Version(1, 10, 11), new Version(1, 12, 1), new Version(1, 14, 6), new Version(2, 0, 0) })
            NativeHdf5.CheckVersion(good);
    }

    [Fact]
    public void What_fails_in_the_library_is_told_with_its_innermost_reason_first()
    {
        using TestFolder library = TestFolder.ForWriting();
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        string message = Assert.Throws<IOException>(() =>
            new NativeSubject("cells.h5", "/raw").Check(Hdf5Calls.H5Fopen(Path.Combine(Path.GetTempPath(), "none", "none.h5"), 0, 0), "opening it")).Message;
        Assert.StartsWith("'cells.h5', '/raw': opening it failed in the HDF5 library: ", message);
        Assert.Contains("No such file or directory", message.Split(';')[0]);
    }
}
