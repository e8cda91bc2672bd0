using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// Why the library's last call of this thread failed, in its own words. It keeps a stack of sentences: the innermost function's, which says
/// what really happened ("No space left on device"), comes first.
/// </summary>
internal static unsafe class ErrorStack
{
    private const int MostSentences = 4;
    private const int FromInnermost = 0; // H5E_WALK_UPWARD

    [ThreadStatic]
    private static List<string>? _sentences;

    public static string Reason()
    {
        _sentences = [];
        _ = Hdf5Calls.H5Ewalk2(0, FromInnermost, &Visit, 0);
        string[] sentences = [.. _sentences.Distinct().Take(MostSentences)];
        return sentences.Length == 0 ? "the library gives no reason" : string.Join("; ", sentences);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Visit(uint level, Hdf5Calls.StackedError* error, nint data)
    {
        if (Marshal.PtrToStringUTF8((nint)error->Description) is { Length: > 0 } sentence)
            _sentences?.Add(sentence.Trim());
        return 0;
    }
}
