using System.Runtime.Intrinsics;

namespace Tessera.Bench;

/// <summary>What the machine can do at best: plain loops without an array engine.</summary>
internal static class Limits
{
    private const int Rows = 16384, Columns = 8192;

    /// <summary>1 GiB of doubles in [0, 1).</summary>
    public static double[,] Gibibyte()
    {
        var x = new double[Rows, Columns];
        ulong state = 1;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                state = (state * 6364136223846793005) + 1442695040888963407;
                x[i, j] = (state >> 11) * (1.0 / (1UL << 53));
            }
        }

        return x;
    }

    /// <summary>A SIMD sum over all cores, each over one part of the memory.</summary>
    public static unsafe Func<object> Sum(double[,] x)
    {
        int workers = Environment.ProcessorCount;
        return () =>
        {
            var sums = new double[workers];
            fixed (double* first = x)
            {
                double* start = first;
                Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
                {
                    long from = x.LongLength * worker / workers / 32 * 32, to = x.LongLength * (worker + 1) / workers / 32 * 32;
                    sums[worker] = Sum(start + from, to - from);
                });
            }

            return sums.Sum();
        };
    }

    /// <summary>Reads every file into one buffer a worker, which is what reading from the page cache costs.</summary>
    public static Func<object> ReadFiles(string folder)
    {
        const long piece = 64 << 20;
        var pieces = (from file in Directory.GetFiles(folder)
                      let length = new FileInfo(file).Length
                      from i in Enumerable.Range(0, (int)((length + piece - 1) / piece))
                      select (File: file, From: i * piece, To: Math.Min(length, (i + 1) * piece))).ToArray();
        return () =>
        {
            long bytes = 0;
            Parallel.ForEach(pieces, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, () => new byte[1 << 18], (part, _, buffer) =>
            {
                using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(part.File);
                long offset = part.From;
                for (int read; offset < part.To && (read = RandomAccess.Read(handle, buffer, offset)) > 0;)
                    offset += read;
                Interlocked.Add(ref bytes, Math.Min(offset, part.To) - part.From);
                return buffer;
            }, _ => { });
            return bytes;
        };
    }

    private static unsafe double Sum(double* x, long count)
    {
        Vector512<double> a = default, b = default, c = default, d = default;
        for (long i = 0; i < count; i += 32)
        {
            a += Vector512.Load(x + i);
            b += Vector512.Load(x + i + 8);
            c += Vector512.Load(x + i + 16);
            d += Vector512.Load(x + i + 24);
        }

        return Vector512.Sum(a + b + (c + d));
    }
}
