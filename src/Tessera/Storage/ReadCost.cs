namespace Tessera;

/// <summary>
/// What reading from a source costs one core, so that a plan can weigh reading again against keeping in memory. Rough figures do: what matters is the order of
/// magnitude.
/// </summary>
/// <param name="NanosecondsPerByte">For each byte of the elements, as they are in memory.</param>
/// <param name="MicrosecondsPerRead">For each read beside that, however small: a system call, a request to a server.</param>
/// <example>
/// 10 million doubles in 20 reads from an uncompressed file: 80 MB · 0.15 ns + 20 · 5 µs = 12.1 ms; decoded at 4 ns a byte: 320 ms.
/// </example>
public readonly record struct ReadCost(double NanosecondsPerByte, double MicrosecondsPerRead)
{
    /// <summary>Elements in memory, or made by a formula about as fast as memory is read.</summary>
    public static ReadCost Memory { get; } = new(0.05, 0.1);

    /// <summary>A file whose bytes are the elements, read from the system's cache or a fast disk.</summary>
    public static ReadCost UncompressedFile { get; } = new(0.15, 5);

    /// <summary>Elements that are decoded, by a codec of which nothing more is known.</summary>
    public static ReadCost Decoding { get; } = new(4, 10);
}
