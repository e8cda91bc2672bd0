namespace Tessera.Hdf5Format;

/// <summary>An identifier that the library gave, given back at the end of a <c>using</c>. Only used while the library is entered.</summary>
internal readonly record struct NativeId(long Value) : IDisposable
{
    public static implicit operator long(NativeId id) => id.Value;

    public void Dispose()
    {
        if (Value > 0)
            _ = Hdf5Calls.H5Idec_ref(Value);
    }
}
