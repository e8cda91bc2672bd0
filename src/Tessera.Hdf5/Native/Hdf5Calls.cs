using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// The functions of libhdf5 that are called, with the names and the meaning that its documentation gives. Identifiers are 64-bit numbers,
/// negative where a call failed. All calls are made between <see cref="NativeHdf5.Enter"/> and the end of its scope.
/// </summary>
internal static unsafe partial class Hdf5Calls
{
    /// <summary>The name under which <see cref="NativeHdf5"/> resolves the library.</summary>
    public const string Library = "tessera-hdf5";

    [LibraryImport(Library)]
    public static partial int H5open();

    [LibraryImport(Library)]
    public static partial int H5dont_atexit();

    [LibraryImport(Library)]
    public static partial int H5get_libversion(out uint major, out uint minor, out uint release);

    [LibraryImport(Library)]
    public static partial int H5Eset_auto2(long stack, nint function, nint data);

    [LibraryImport(Library)]
    public static partial int H5Ewalk2(long stack, int direction, delegate* unmanaged[Cdecl]<uint, StackedError*, nint, int> visit, nint data);

    [LibraryImport(Library)]
    public static partial int H5Idec_ref(long id);

    [LibraryImport(Library)]
    public static partial int H5Iget_type(long id);

    [LibraryImport(Library)]
    public static partial long H5Pcreate(long kind);

    [LibraryImport(Library)]
    public static partial int H5Pset_libver_bounds(long access, int low, int high);

    [LibraryImport(Library)]
    public static partial int H5Pset_fclose_degree(long access, int degree);

    [LibraryImport(Library)]
    public static partial int H5Pset_file_locking(long access, byte use, byte ignoreWhereDisabled);

    [LibraryImport(Library)]
    public static partial int H5Pset_create_intermediate_group(long link, uint create);

    [LibraryImport(Library)]
    public static partial int H5Pset_char_encoding(long link, int encoding);

    [LibraryImport(Library)]
    public static partial int H5Pset_obj_track_times(long creation, byte track);

    [LibraryImport(Library)]
    public static partial int H5Pset_chunk(long creation, int rank, ReadOnlySpan<ulong> sizes);

    [LibraryImport(Library)]
    public static partial int H5Pget_chunk(long creation, int rank, Span<ulong> sizes);

    [LibraryImport(Library)]
    public static partial int H5Pget_chunk_opts(long creation, out uint options);

    [LibraryImport(Library)]
    public static partial int H5Pget_layout(long creation);

    [LibraryImport(Library)]
    public static partial int H5Pset_alloc_time(long creation, int when);

    [LibraryImport(Library)]
    public static partial int H5Pset_fill_time(long creation, int when);

    [LibraryImport(Library)]
    public static partial int H5Pget_fill_value(long creation, long type, void* value);

    [LibraryImport(Library)]
    public static partial int H5Pset_filter(long creation, int filter, uint flags, nuint count, ReadOnlySpan<uint> parameters);

    [LibraryImport(Library)]
    public static partial int H5Pget_nfilters(long creation);

    [LibraryImport(Library)]
    public static partial int H5Pget_filter2(
        long creation, uint index, out uint flags, ref nuint count, Span<uint> parameters, nuint nameBytes, Span<byte> name, out uint configuration);

    [LibraryImport(Library)]
    public static partial int H5Zfilter_avail(int filter);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Fcreate(string path, uint flags, long creation, long access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Fopen(string path, uint flags, long access);

    [LibraryImport(Library)]
    public static partial int H5Fflush(long file, int scope);

    [LibraryImport(Library)]
    public static partial int H5Fclose(long file);

    [LibraryImport(Library)]
    public static partial int H5Fset_libver_bounds(long file, int low, int high);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial long H5Gcreate2(long place, string path, long link, long creation, long access);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial int H5Lexists(long place, string path, long access);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial int H5Ldelete(long place, string path, long access);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial long H5Oopen(long place, string path, long access);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial int H5Olink(long item, long place, string path, long link, long access);

    [LibraryImport(Library)]
    public static partial long H5Screate(int kind);

    [LibraryImport(Library)]
    public static partial long H5Screate_simple(int rank, ReadOnlySpan<ulong> sizes, ReadOnlySpan<ulong> most);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_ndims(long space);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_dims(long space, Span<ulong> sizes, Span<ulong> most);

    [LibraryImport(Library)]
    public static partial long H5Tcopy(long type);

    [LibraryImport(Library)]
    public static partial int H5Tset_size(long type, nuint bytes);

    [LibraryImport(Library)]
    public static partial int H5Tset_fields(long type, nuint sign, nuint exponent, nuint exponentBits, nuint mantissa, nuint mantissaBits);

    [LibraryImport(Library)]
    public static partial int H5Tset_ebias(long type, nuint bias);

    [LibraryImport(Library)]
    public static partial int H5Tset_cset(long type, int encoding);

    [LibraryImport(Library)]
    public static partial long H5Tenum_create(long type);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial int H5Tenum_insert(long type, string name, in sbyte value);

    [LibraryImport(Library)]
    public static partial int H5Tequal(long left, long right);

    [LibraryImport(Library)]
    public static partial int H5Tget_class(long type);

    [LibraryImport(Library)]
    public static partial nuint H5Tget_size(long type);

    [LibraryImport(Library)]
    public static partial long H5Dcreate_anon(long place, long type, long space, long creation, long access);

    [LibraryImport(Library)]
    public static partial long H5Dget_space(long dataset);

    [LibraryImport(Library)]
    public static partial long H5Dget_type(long dataset);

    [LibraryImport(Library)]
    public static partial long H5Dget_create_plist(long dataset);

    [LibraryImport(Library)]
    public static partial ulong H5Dget_offset(long dataset);

    [LibraryImport(Library)]
    public static partial int H5Dset_extent(long dataset, ReadOnlySpan<ulong> sizes);

    [LibraryImport(Library)]
    public static partial int H5Dwrite(long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, void* elements);

    [LibraryImport(Library)]
    public static partial int H5Dwrite_chunk(long dataset, long transfer, uint filterMask, ReadOnlySpan<ulong> offset, nuint bytes, void* chunk);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial long H5Acreate2(long item, string name, long type, long space, long creation, long access);

    [LibraryImport(Library)]
    public static partial int H5Awrite(long attribute, long memoryType, void* elements);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial int H5Aexists(long item, string name);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial int H5Adelete(long item, string name);

    [LibraryImport(Library, StringMarshallingCustomType = typeof(NameMarshaller))]
    public static partial int H5Arename(long item, string name, string newName);

    /// <summary>One level of the library's error stack (H5E_error2_t).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct StackedError
    {
        public long ClassId;
        public long Major;
        public long Minor;
        public uint Line;
        public byte* Function;
        public byte* File;
        public byte* Description;
    }
}
