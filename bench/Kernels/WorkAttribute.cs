namespace Tessera.KernelBench;

/// <summary>What one call of a benchmark goes over.</summary>
/// <param name="elements">Elements read, or made.</param>
/// <param name="bytes">Bytes read and written.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorkAttribute(long elements, long bytes) : Attribute
{
    public long Elements => elements;

    public long Bytes => bytes;
}
