namespace Tessera.Hdf5Format;

/// <summary>
/// A file that the library has open for writing. Files have the oldest structures that can hold what is in them, which all versions from 1.8 on
/// read, or those of 1.10, which find chunks faster.
/// </summary>
internal sealed class NativeFile : IDisposable
{
    private const uint ReadOnly = 0, ReadAndWrite = 1, Truncate = 2; // H5F_ACC_RDONLY, H5F_ACC_RDWR, H5F_ACC_TRUNC
    private const int Earliest = 0, Version110 = 2; // H5F_libver_t
    private const int CloseAll = 3; // H5F_CLOSE_STRONG: with the file, what is open in it

    private readonly NativeSubject _subject;
    private readonly bool _latest;
    private bool _isOpen = true;

    private NativeFile(NativeSubject subject, long id, bool latest) => (_subject, Id, _latest) = (subject, id, latest);

    public long Id { get; }

    /// <summary>An empty HDF5 file in place of the file at a path.</summary>
    /// <param name="path">Where it is written.</param>
    /// <param name="subject">The file as the user knows it.</param>
    /// <param name="latest">Whether it has the structures of 1.10.</param>
    public static NativeFile Create(string path, NativeSubject subject, bool latest)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        using NativeId access = Access(native.Library, subject, latest);
        return new NativeFile(subject, subject.Check(Hdf5Calls.H5Fcreate(path, Truncate, 0, access), "making the file"), latest);
    }

    /// <summary>Opens a file to change it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="subject">The file as the user knows it.</param>
    /// <param name="latest">Whether what is made has the structures of 1.10.</param>
    /// <exception cref="InvalidDataException">The library doesn't take it for an HDF5 file that is whole.</exception>
    public static NativeFile Open(string path, NativeSubject subject, bool latest) => Open(path, subject, latest, ReadAndWrite);

    /// <summary>Opens a file to look what could be changed, which leaves it byte for byte as it is.</summary>
    /// <inheritdoc cref="Open(string, NativeSubject, bool)" path="/exception"/>
    public static NativeFile OpenToLook(string path, NativeSubject subject) => Open(path, subject, latest: false, ReadOnly);

    private static NativeFile Open(string path, NativeSubject subject, bool latest, uint how)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        using NativeId access = Access(native.Library, subject, latest);
        long id = Hdf5Calls.H5Fopen(path, how, access);
        if (id >= 0)
            return new NativeFile(subject, id, latest);
        throw new InvalidDataException(
            $"{subject} was to be added to, and the HDF5 library can't open it; it is damaged, or was not closed by who wrote it: {ErrorStack.Reason()}. It is left as it is.");
    }

    /// <summary>Until the end of a <c>using</c>, makes things with the structures of 1.10 or the oldest, in a file that was opened for others.</summary>
    public FormatScope UseFormat(bool latest)
    {
        if (latest != _latest)
            SetFormat(latest);
        return new FormatScope(this, latest != _latest);
    }

    /// <summary>Writes what the library holds back.</summary>
    public void Flush()
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        _subject.Check(Hdf5Calls.H5Fflush(Id, 1), "flushing the file"); // H5F_SCOPE_GLOBAL
    }

    /// <summary>Closes the file, which also writes it: a full disk shows here at the latest.</summary>
    /// <exception cref="IOException">It couldn't be written.</exception>
    public void Close()
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        _isOpen = false;
        _subject.Check(Hdf5Calls.H5Fclose(Id), "closing the file");
    }

    /// <summary>Closes the file whatever comes of it.</summary>
    public void Dispose()
    {
        if (!_isOpen)
            return;
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        _isOpen = false;
        _ = Hdf5Calls.H5Fclose(Id);
    }

    private void SetFormat(bool latest) =>
        _subject.Check(Hdf5Calls.H5Fset_libver_bounds(Id, latest ? Version110 : Earliest, Version110), "choosing the format");

    private static NativeId Access(NativeHdf5 library, NativeSubject subject, bool latest)
    {
        NativeId access = subject.Id(Hdf5Calls.H5Pcreate(library.FileAccess), "preparing the file");
        subject.Check(Hdf5Calls.H5Pset_libver_bounds(access, latest ? Version110 : Earliest, Version110), "preparing the file");
        subject.Check(Hdf5Calls.H5Pset_fclose_degree(access, CloseAll), "preparing the file");
        subject.Check(Hdf5Calls.H5Pset_file_locking(access, 0, 1), "preparing the file"); // it is also open here, and may be read meanwhile
        return access;
    }

    /// <summary>Puts the file's own format back.</summary>
    public readonly ref struct FormatScope(NativeFile file, bool isChanged) : IDisposable
    {
        public void Dispose()
        {
            if (isChanged)
                file.SetFormat(file._latest);
        }
    }
}
