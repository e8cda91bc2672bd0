using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text;
using Tessera.Serialization;
using Tessera.Storage;

namespace Tessera.Steps;

/// <summary>
/// Hashes what a plan is made of, one thing after another: texts, and values as they would travel to another process, which is all that they are. A function thus is
/// its method in its build and the variables that it captured.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    private const int Piece = 1 << 30; // a span has no more bytes

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MessageWriter _writer = new() { IsCanonical = true };

    /// <summary>The SHA-256 of all that was added, in hexadecimal digits.</summary>
    public string Digits() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Add(string text)
    {
        _hash.AppendData(BitConverter.GetBytes(text.Length));
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Adds the elements of a source, or what they come from.</summary>
    /// <returns>False where that can't be written down.</returns>
    public bool TryAdd(IBlockSource source)
    {
        switch (source)
        {
            case RandomSource or IndexSource or MemorySource { ConstantBits: not null }:
                return true; // the plan's text says all
            case MemorySource memory:
                Add(memory);
                return true;
            default:
                return TryAdd((object)source);
        }
    }

    /// <summary>Adds a value with all that it leads to.</summary>
    /// <returns>False where it can't be written down.</returns>
    public bool TryAdd(object? value)
    {
        try
        {
            _writer.Write(value);
            _hash.AppendData(BitConverter.GetBytes(_writer.TotalBytes));
            _hash.AppendData(_writer.Written);
            foreach (Array attached in _writer.Attachments)
            {
                for (int piece = 0; piece < ArrayBytes.PieceCount(attached); piece++)
                    _hash.AppendData(ArrayBytes.PieceOf(attached, piece));
            }

            return true;
        }
        catch (SerializationException)
        {
            return false;
        }
        finally
        {
            _writer.Clear();
        }
    }

    public void Dispose() => _hash.Dispose();

    private unsafe void Add(MemorySource memory)
    {
        using var inUse = new MemoryInUse(memory);
        long bytes = memory.Shape.Length * memory.ElementType.Size;
        for (long done = 0; done < bytes; done += Piece)
            _hash.AppendData(new ReadOnlySpan<byte>((byte*)memory.Address + done, (int)Math.Min(Piece, bytes - done)));
        GC.KeepAlive(memory);
    }
}
