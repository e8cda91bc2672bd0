using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Tessera.Hdf5Format;

/// <summary>Gives names and paths to the library as the bytes that their exact spelling stands for (see <see cref="FileName"/>); most are UTF-8.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(NameMarshaller))]
internal static unsafe class NameMarshaller
{
    public static byte* ConvertToUnmanaged(string name)
    {
        byte[] bytes = FileName.BytesOf(name);
        var copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        copy[bytes.Length] = 0;
        return copy;
    }

    public static void Free(byte* copy) => NativeMemory.Free(copy);
}
