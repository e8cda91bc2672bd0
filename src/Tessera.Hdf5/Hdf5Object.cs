using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>A group or a dataset of an HDF5 file.</summary>
public abstract class Hdf5Object
{
    private readonly Lazy<Hdf5Attributes> _attributes;

    internal Hdf5Object(Hdf5File file, PathEnd place, string path)
    {
        (File, Place, Path) = (file, place, path);
        _attributes = new(() => new Hdf5Attributes(Structure, place.Path, Damage.In(path, () => WhileWritten.Read(Structure.File, () => ObjectAttributes.Read(Structure, Header)))));
    }

    /// <summary>The file in which it was found; of what an external link leads to, the one that holds the link.</summary>
    public Hdf5File File { get; }

    /// <summary>The path from the root by which it was found: <c>/Control/Experiment 1</c>.</summary>
    public string Path { get; }

    /// <summary>The last part of the path; of the root, <c>/</c>.</summary>
    public string Name => Path == "/" ? Path : Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The attributes, read when first asked for.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public Hdf5Attributes Attributes => _attributes.Value;

    /// <summary>Where it lies: its file, which may be another one, and its path there.</summary>
    internal PathEnd Place { get; }

    internal FileStructure Structure => Place.Structure;

    internal ObjectHeader Header => Place.Header;
}
