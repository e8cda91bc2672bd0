using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>A group or a dataset of an HDF5 file.</summary>
public abstract class Hdf5Object
{
    private readonly Lazy<Hdf5Attributes> _attributes;

    internal Hdf5Object(Hdf5File file, FileStructure structure, ObjectHeader header, string path)
    {
        (File, Structure, Header, Path) = (file, structure, header, path);
        _attributes = new(() => new Hdf5Attributes(structure, path, Damage.In(path, () => WhileWritten.Read(structure.File, () => ObjectAttributes.Read(structure, header)))));
    }

    /// <summary>The file that holds it.</summary>
    public Hdf5File File { get; }

    /// <summary>The path from the root by which it was found: <c>/Control/Experiment 1</c>.</summary>
    public string Path { get; }

    /// <summary>The last part of the path; of the root, <c>/</c>.</summary>
    public string Name => Path == "/" ? Path : Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The attributes, read when first asked for.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public Hdf5Attributes Attributes => _attributes.Value;

    internal FileStructure Structure { get; }

    internal ObjectHeader Header { get; }
}
