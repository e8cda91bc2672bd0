using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// The HDF5 library of this process, loaded when something is first written. Most builds of it may be called by one thread at a time only,
/// so that every call is made under one lock, which is never kept while elements are computed or compressed.
/// </summary>
internal sealed class NativeHdf5
{
    // From here on, the library can be told not to lock files, which are also opened beside it.
    private static readonly Version Oldest = new(1, 10, 7);
    private static readonly Version WithoutIt = new(1, 12, 0);
    private static readonly Lock Gate = new();
    private static NativeHdf5? _current;
    private static nint _loaded;

    private readonly nint _library;
    private readonly Lazy<long> _boolean;
    private readonly Lazy<long> _half;

    private NativeHdf5(nint library)
    {
        _library = library;
        // The library's own cleaning up at the end of the process would run beside threads that are still inside of it.
        Hdf5Calls.H5dont_atexit();
        if (Hdf5Calls.H5open() < 0 || Hdf5Calls.H5get_libversion(out uint major, out uint minor, out uint release) < 0)
            throw new DllNotFoundException("The HDF5 library was found, and it doesn't start; install it anew.");
        Version = new Version((int)major, (int)minor, (int)release);
        FileAccess = Global("H5P_CLS_FILE_ACCESS_ID_g");
        LinkCreation = Global("H5P_CLS_LINK_CREATE_ID_g");
        DatasetCreation = Global("H5P_CLS_DATASET_CREATE_ID_g");
        Text = Global("H5T_C_S1_g");
        _boolean = new Lazy<long>(MakeBoolean);
        _half = new Lazy<long>(MakeHalf);
    }

    /// <summary>The version, 1.10.8 say.</summary>
    public Version Version { get; }

    /// <summary>The class of property lists that say how a file is opened.</summary>
    public long FileAccess { get; }

    /// <summary>The class of property lists that say how a link is made.</summary>
    public long LinkCreation { get; }

    /// <summary>The class of property lists that say how a dataset is stored.</summary>
    public long DatasetCreation { get; }

    /// <summary>The type of a text of one byte, from which those of texts are made.</summary>
    public long Text { get; }

    /// <summary>The library, once the lock is taken and until the scope ends.</summary>
    /// <exception cref="DllNotFoundException">It isn't installed; says what to install.</exception>
    /// <exception cref="PlatformNotSupportedException">It is too old.</exception>
    public static Scope Enter()
    {
        Lock.Scope scope = Gate.EnterScope();
        try
        {
            NativeHdf5 current = _current ??= CheckVersion(new NativeHdf5(Load()));
            Hdf5Calls.H5Eset_auto2(0, 0, 0); // a setting of each thread: errors become exceptions, and aren't printed
            return new Scope(scope, current);
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    /// <summary>The type of elements as they are stored: of standard size, in the byte order of this machine, which is little-endian on nearly all.</summary>
    public long TypeOf(ElementType element)
    {
        string order = BitConverter.IsLittleEndian ? "LE" : "BE";
        return element switch
        {
            ElementType.Boolean => _boolean.Value,
            ElementType.Single => Global($"H5T_IEEE_F32{order}_g"),
            ElementType.Double => Global($"H5T_IEEE_F64{order}_g"),
            ElementType.Half => _half.Value,
            { IsInteger: true } => Global($"H5T_STD_{(element.IsUnsigned ? 'U' : 'I')}{8 * element.Size}{order}_g"),
            _ => throw new NotSupportedException($"Elements of type {element.Name} have no type of HDF5's."),
        };
    }

    /// <summary>Refuses a library that lacks functions that are called.</summary>
    public static void CheckVersion(Version found)
    {
        if (found < Oldest || found == WithoutIt)
        {
            throw new PlatformNotSupportedException(
                $"The HDF5 library that is installed is {found}, and writing needs {Oldest} or later, but not {WithoutIt}; install a newer one. Reading needs no library.");
        }
    }

    private static nint Load()
    {
        if (_loaded == 0)
        {
            _loaded = LibraryPlaces.Find(LibraryPlaces.Load);
            NativeLibrary.SetDllImportResolver(typeof(NativeHdf5).Assembly, static (name, _, _) => name == Hdf5Calls.Library ? _loaded : 0);
        }

        return _loaded;
    }

    private static NativeHdf5 CheckVersion(NativeHdf5 library)
    {
        CheckVersion(library.Version);
        return library;
    }

    /// <summary>bool as h5py stores it: an enumeration of bytes, FALSE and TRUE.</summary>
    private long MakeBoolean()
    {
        long type = Hdf5Calls.H5Tenum_create(Global("H5T_STD_I8LE_g"));
        return type >= 0 && Hdf5Calls.H5Tenum_insert(type, "FALSE", 0) >= 0 && Hdf5Calls.H5Tenum_insert(type, "TRUE", 1) >= 0
            ? type
            : throw new IOException($"The type of bool couldn't be made by the HDF5 library: {ErrorStack.Reason()}.");
    }

    /// <summary>binary16 as h5py makes it, since few versions of the library have it: a float whose fields are smaller.</summary>
    private long MakeHalf()
    {
        long type = Hdf5Calls.H5Tcopy(Global($"H5T_IEEE_F32{(BitConverter.IsLittleEndian ? "LE" : "BE")}_g"));
        NumberBits bits = NumberBits.Half;
        return type >= 0 &&
            Hdf5Calls.H5Tset_fields(type, (nuint)bits.Sign, (nuint)bits.ExponentAt, (nuint)bits.ExponentBits, (nuint)bits.MantissaAt, (nuint)bits.MantissaBits) >= 0 &&
            Hdf5Calls.H5Tset_size(type, (nuint)(bits.Precision / 8)) >= 0 && Hdf5Calls.H5Tset_ebias(type, bits.Bias) >= 0
            ? type
            : throw new IOException($"The type of Half couldn't be made by the HDF5 library: {ErrorStack.Reason()}.");
    }

    /// <summary>An identifier that the library keeps in a variable, which has its value once the library has started.</summary>
    private long Global(string name) => NativeLibrary.TryGetExport(_library, name, out nint address)
        ? Marshal.ReadInt64(address)
        : throw new DllNotFoundException($"The HDF5 library {Version} has no {name}; it is damaged or of an unknown version. Install 1.10, 1.12 or 1.14.");

    /// <summary>The time in which a thread may call the library.</summary>
    public ref struct Scope(Lock.Scope held, NativeHdf5 library) : IDisposable
    {
        private Lock.Scope _held = held;

        public readonly NativeHdf5 Library => library;

        public void Dispose() => _held.Dispose();
    }
}
