using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tessera.RealFiles;

/// <summary>A page or dataset as Tessera reads it.</summary>
internal static class Ours
{
    public static (long[] Shape, string Type, string Sha1) Read(string path, string item)
    {
        if (item.StartsWith("page ", StringComparison.Ordinal))
        {
            using TiffFile tiff = TiffFile.Open(path, new TiffReadOptions { AllowIncomplete = true }); // tifffile takes what there is, too
            int number = int.Parse(item.AsSpan(5));
            TiffPage page = number < tiff.Pages.Count ? tiff.Pages[number] : throw new InvalidDataException(tiff.Incomplete);
            return Elements(page.ElementType, page.Shape, new PageReading(page));
        }

        if (item is "open" or "walk")
        {
            using IDisposable opened = path.EndsWith("tif", StringComparison.OrdinalIgnoreCase) ? TiffFile.Open(path) : Hdf5File.Open(path);
            if (opened is Hdf5File walked)
                _ = walked.Root.Descendants().Count();
            return ([], "", "");
        }

        using Hdf5File file = Hdf5File.Open(path);
        Hdf5Dataset dataset = file.Dataset(item);
        ElementType type = dataset.ElementType ?? throw new NotSupportedException($"elements of type {dataset.Type}");
        return Elements(type, dataset.Shape!.Value, new DatasetReading(dataset));
    }

    private static (long[] Shape, string Type, string Sha1) Elements(ElementType type, Shape shape, IReading reading)
    {
        (string name, string hash) = Hash(type, reading);
        return ([.. shape], name, hash);
    }

    private static (string Type, string Sha1) Hash(ElementType type, IReading reading) => type switch
    {
        ElementType.Boolean => Hash(reading.Read<bool>(), "bool"),
        ElementType.Byte => Hash(reading.Read<byte>(), "byte"),
        ElementType.SByte => Hash(reading.Read<sbyte>(), "sbyte"),
        ElementType.UInt16 => Hash(reading.Read<ushort>(), "ushort"),
        ElementType.Int16 => Hash(reading.Read<short>(), "short"),
        ElementType.UInt32 => Hash(reading.Read<uint>(), "uint"),
        ElementType.Int32 => Hash(reading.Read<int>(), "int"),
        ElementType.UInt64 => Hash(reading.Read<ulong>(), "ulong"),
        ElementType.Int64 => Hash(reading.Read<long>(), "long"),
        ElementType.Half => Hash(reading.Read<Half>(), "Half"),
        ElementType.Single => Hash(reading.Read<float>(), "float"),
        ElementType.Double => Hash(reading.Read<double>(), "double"),
        _ => throw new NotSupportedException($"elements of type {type}"),
    };

    private static (string Type, string Sha1) Hash<T>(Tensor<T> elements, string type)
        where T : unmanaged
    {
        var dense = new T[elements.FlattenedLength];
        elements.FlattenTo(dense);
        byte[] hash = SHA1.HashData(MemoryMarshal.AsBytes(dense.AsSpan()));
        return (type, Convert.ToHexStringLower(hash));
    }

    private interface IReading
    {
        Tensor<T> Read<T>()
            where T : unmanaged;
    }

    private sealed record PageReading(TiffPage Page) : IReading
    {
        public Tensor<T> Read<T>()
            where T : unmanaged => Page.Read<T>();
    }

    private sealed record DatasetReading(Hdf5Dataset Dataset) : IReading
    {
        public Tensor<T> Read<T>()
            where T : unmanaged => Dataset.Read<T>();
    }
}
