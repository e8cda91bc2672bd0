using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tessera.Kernels;

/// <summary>The sum of lanes in a fixed tree: lane i and lane i + half, and again, so that its bits don't depend on the vectors that add.</summary>
internal static unsafe class LaneSum
{
    /// <summary>Adds up lanes, a power of two of them, and leaves what lies between in their place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T* lanes, int count)
        where T : unmanaged, INumber<T>
    {
        for (int half = count / 2; half > 0; half /= 2)
        {
            int lane = 0;
            for (; lane + Vector256<T>.Count <= half; lane += Vector256<T>.Count)
                (Vector256.Load(lanes + lane) + Vector256.Load(lanes + half + lane)).Store(lanes + lane);
            for (; lane < half; lane++)
                lanes[lane] += lanes[half + lane];
        }

        return *lanes;
    }
}
