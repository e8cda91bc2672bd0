using System.Numerics.Tensors;
using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>A dataset: an array in a file. Finding it reads its description and no element.</summary>
/// <example><code>
/// var dataset = (Hdf5Dataset)file["/Control/Experiment 1"];
/// Console.WriteLine(dataset);                                         // /Control/Experiment 1 (50, 1024, 1024) of float32 …
/// ChunkedArray&lt;float&gt; lazy = dataset.Array&lt;float&gt;();
/// </code></example>
public sealed class Hdf5Dataset : Hdf5Object
{
    private readonly DatasetHeader _description; // without what depends on other files
    private readonly FilterPipeline _filters;
    private DatasetHeader? _resolved; // of a virtual one, once it was asked for

    internal Hdf5Dataset(Hdf5File file, PathEnd place, string path)
        : base(file, place, path)
    {
        _description = Damage.In(path, () => DatasetHeader.Read(place.Structure, place.Header));
        _filters = _description.Filters.Count == 0 ? FilterPipeline.None : new FilterPipeline(_description.Filters);
    }

    /// <summary>
    /// The sizes now; rank 0 is a single element. Null for an empty dataset, which has a type and nothing else. A virtual dataset may be as long as its sources
    /// are, which are looked at when this is first asked for.
    /// </summary>
    public Shape? Shape => Resolved.Space.Shape;

    /// <summary>How far each axis may grow; null is without limit.</summary>
    public IReadOnlyList<long?> MaxShape => _description.Space.Most;

    /// <summary>What an element is, as the file states it.</summary>
    public Hdf5Type Type => _description.Type;

    /// <summary>
    /// What an element is in an array; null where elements aren't numbers (see <see cref="Hdf5Type.ElementType"/>). Members of compounds are arrays of their
    /// own; see <see cref="Array{T}"/>.
    /// </summary>
    public ElementType? ElementType => Type.ElementType;

    /// <summary>Where the elements lie.</summary>
    public Hdf5Layout Layout => _description.Layout switch
    {
        CompactLayout => Hdf5Layout.Compact,
        ContiguousLayout => Hdf5Layout.Contiguous,
        ChunkedLayout => Hdf5Layout.Chunked,
        ExternalLayout => Hdf5Layout.External,
        _ => Hdf5Layout.Virtual,
    };

    /// <summary>The sizes of a storage chunk; null where the dataset isn't chunked.</summary>
    public Shape? StorageChunks => (_description.Layout as ChunkedLayout)?.Chunk;

    /// <summary>What chunks pass on their way into the file, first to last.</summary>
    public IReadOnlyList<Hdf5Filter> Filters => _filters.Filters;

    /// <summary>
    /// The elements as a lazy array, or one member of compounds. Nothing is read before it is computed, and then only the storage chunks that are touched.
    /// </summary>
    /// <remarks>
    /// If each element is an array of numbers, or the member is, its axes come behind those of the dataset: 3 × 3 numbers in each of 10 elements are an
    /// array of shape (10, 3, 3). Complex numbers are compounds of two members, which h5py calls "r" and "i".
    /// <para>
    /// Elements of a virtual dataset whose source isn't there are the fill value, as the reference library has it; of its sources one is looked at beforehand, for
    /// the storage chunks. External raw data must be there, and are zeros behind the end of a file. What may be read of other files is said by
    /// <see cref="Hdf5OpenOptions.AllowOtherFiles"/> and <see cref="Hdf5OpenOptions.OtherFolders"/>; computing elements of another one is an <see cref="UnauthorizedAccessException"/>.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">The element type; it must be the dataset's own, or <see cref="float"/> for <see cref="Half"/>, unless <paramref name="convert"/> is true.</typeparam>
    /// <param name="chunks">How the array is cut; left out, along whole storage chunks, near 64 MB.</param>
    /// <param name="convert">Whether elements of another type are converted, as <c>Cast</c> does.</param>
    /// <param name="member">The member of a compound that is read; <c>"a.b"</c> is the member b of the member a.</param>
    /// <exception cref="InvalidOperationException">The elements are of another type; says which, and what to write.</exception>
    /// <exception cref="NotSupportedException">The elements, or the member, aren't numbers; see <see cref="ReadValue(string?)"/>.</exception>
    /// <exception cref="KeyNotFoundException">There is no such member; says which there are.</exception>
    /// <exception cref="ArgumentException">The chunks don't fit.</exception>
    public ChunkedArray<T> Array<T>(Chunks chunks = default, bool convert = false, string? member = null)
        where T : unmanaged
    {
        ElementPart part = PartOf(member);
        return TypedOpening.Open<T>(Source(part, member), part.Type, chunks, convert);
    }

    /// <summary>All elements at once, or one member of compounds.</summary>
    /// <inheritdoc cref="Array{T}"/>
    public Tensor<T> Read<T>(bool convert = false, string? member = null)
        where T : unmanaged => Array<T>(default, convert, member).Compute();

    /// <summary>
    /// The elements as .NET objects, whatever their type: texts, compounds, references, sequences. A single element for rank 0, else an array; of
    /// compounds, a dictionary with an array for each member; null where the dataset is empty. See <see cref="Hdf5Attribute.Value"/>. For datasets that
    /// are looked at as a whole, up to 256 MB.
    /// </summary>
    /// <param name="member">The one member of compounds that is read; see <see cref="Array{T}"/>.</param>
    /// <exception cref="InvalidDataException">The dataset is damaged.</exception>
    /// <exception cref="NotSupportedException">It is too large.</exception>
    /// <exception cref="KeyNotFoundException">There is no such member; says which there are.</exception>
    public object? ReadValue(string? member = null) => ValueOf(member, asBytes: false);

    /// <summary>
    /// The single element, or all of them, as a type of the caller's: <c>ReadValue&lt;string[]&gt;()</c>. A text as <c>byte[]</c>, and texts as
    /// <c>byte[][]</c>, are their bytes in the file.
    /// </summary>
    /// <exception cref="InvalidCastException">They are something else; says what.</exception>
    /// <inheritdoc cref="ReadValue(string?)"/>
    public T ReadValue<T>(string? member = null) => ValueConversion.To<T>(ValueOf(member, FileText.IsBytes<T>()), What(member), Type, Shape);

    /// <summary>Path, shape, type, storage.</summary>
    public override string ToString()
    {
        string storage = Layout == Hdf5Layout.Chunked ? $"in chunks of {StorageChunks}" : Layout.ToString().ToLowerInvariant();
        string filters = Filters.Count == 0 ? "" : $", {string.Join(" ", Filters)}";
        return $"{Path} {(Shape is { } shape ? shape.ToString() : "(empty)")} of {Type}, {storage}{filters}";
    }

    private DatasetHeader Resolved => _description.Layout is VirtualLayout ? Volatile.Read(ref _resolved) ?? Resolve() : _description;

    /// <summary>Two threads may do it at once; both get what the first found.</summary>
    private DatasetHeader Resolve()
    {
        DatasetHeader found = Damage.In(Path, () => WhileWritten.Read(Structure.File, () => _description.Resolved(Structure, [])));
        return Interlocked.CompareExchange(ref _resolved, found, null) ?? found;
    }

    private object? ValueOf(string? member, bool asBytes) =>
        Damage.In(Path, () => RawElements.Value(Structure, Resolved, _filters, Place.Path, member is null ? null : PartOf(member), asBytes));

    private string What(string? member) => $"'{Path}' in '{File.Path}'{(member is null ? "" : $", member '{member}',")}";

    internal DatasetSource Source(string? member = null) => Source(PartOf(member), member);

    private DatasetSource Source(ElementPart part, string? member)
    {
        if (Shape is not { } shape)
            throw new NotSupportedException($"'{Path}' in '{File.Path}' is empty: it has a type and no shape, so there is no array of it; its attributes can be read.");
        NumberFormat format = part.Format ?? throw NoNumbers(member, part.Type);
        return new DatasetSource(Place, shape, member, format, part.Axes, Resolved, _filters);
    }

    private ElementPart PartOf(string? member) => ElementPart.Of(Type, member, member is null ? "" : What(null));

    /// <summary>Says what can be read instead.</summary>
    private NotSupportedException NoNumbers(string? member, Hdf5Type type)
    {
        string prefix = member is null ? "" : member + ".", value = member is null ? "ReadValue()" : $"ReadValue(\"{member}\")";
        Hdf5Member? number = type.Members.FirstOrDefault(one => one.Type.ElementType is not null);
        string instead = number is null ? "" : $"Open one member as an array, Array<{number.Type.ElementType!.Value.Name}>(…, member: \"{prefix}{number.Name}\"), or look";
        return new NotSupportedException($"{What(member)} holds elements of type {type}, which no array has. {(number is null ? "Look" : instead)} at them with {value}.");
    }
}
