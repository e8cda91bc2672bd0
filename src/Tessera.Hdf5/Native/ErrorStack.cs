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
    private const string SystemMessage = "error message = '";

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
            _sentences?.Add(Plain(sentence));
        return 0;
    }

    /// <summary>
    /// What the system says, without the buffers, times and names of parts that the library adds to it: "file write failed: No space left on device".
    /// </summary>
    private static string Plain(string sentence)
    {
        int from = sentence.IndexOf(SystemMessage, StringComparison.Ordinal), ends = sentence.AsSpan().IndexOfAny(':', ',');
        if (from < 0 || ends < 0)
            return sentence.Trim();
        string message = sentence[(from + SystemMessage.Length)..];
        return $"{sentence[..ends]}: {message[..Math.Max(0, message.IndexOf('\''))]}";
    }
}
