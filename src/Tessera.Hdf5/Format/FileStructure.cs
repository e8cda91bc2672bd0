using System.Collections.Concurrent;

namespace Tessera.Hdf5Format;

/// <summary>
/// The objects of an open file, each header and each group's links read once, when first asked for. Safe for any number of threads: what two of
/// them read at once is the same.
/// </summary>
internal sealed class FileStructure
{
    private const int LongestPath = 1 << 16; // of an object that is referred to: thousands of groups within each other make paths of megabytes

    private readonly ConcurrentDictionary<long, ObjectHeader> _headers = new();
    private readonly ConcurrentDictionary<long, GroupLinks> _links = new();
    private readonly ConcurrentDictionary<long, LinkSearch> _searches = new();
    private readonly Superblock _superblock;
    private ConcurrentDictionary<(long Heap, uint Index, Shape Stated), VirtualMap>? _maps;
    private Lazy<SharedMessages>? _shared;
    private Lazy<Dictionary<long, (long Group, string Name)>>? _names; // of each object: the group in which a hard link was found first

    /// <param name="file">The file.</param>
    /// <param name="others">Those to which it leads; left out, it may lead to none.</param>
    public FileStructure(ReadOnlyFile file, OtherFiles? others = null)
    {
        File = file;
        Others = others ?? new OtherFiles(file.Name, new Hdf5OpenOptions { AllowOtherFiles = false });
        _superblock = Superblock.Read(file);
        GlobalHeap = new GlobalHeap(Bytes);
    }

    public ReadOnlyFile File { get; }

    /// <summary>The files to which this one leads.</summary>
    public OtherFiles Others { get; }

    public Superblock Superblock => _superblock;

    public FileBytes Bytes => _superblock.Bytes;

    /// <summary>The virtual datasets whose sources were looked at, by where the list of these lies, and the sizes that are stated.</summary>
    public ConcurrentDictionary<(long Heap, uint Index, Shape Stated), VirtualMap> Maps => Once(ref _maps, static _ => new());

    /// <summary>Values of variable length.</summary>
    public GlobalHeap GlobalHeap { get; }

    public ObjectHeader Root => HeaderAt(_superblock.RootAddress);

    public ObjectHeader HeaderAt(long address) => _headers.TryGetValue(address, out ObjectHeader? known) ? known : ReadHeader(address);

    public GroupLinks LinksOf(ObjectHeader group) => _links.TryGetValue(group.Address, out GroupLinks? known) ? known : ReadLinks(group);

    /// <summary>The link of a name in a group; of a large one the others aren't read for it.</summary>
    public bool TryGetLink(ObjectHeader group, string name, bool isExact, out LinkEntry link)
    {
        if (!_links.ContainsKey(group.Address))
        {
            LinkSearch search = _searches.TryGetValue(group.Address, out LinkSearch? known) ? known : BeginSearch(group);
            if (search.IsWorthwhile())
            {
                LinkEntry? found = Search(search, name, isExact);
                link = found!;
                return found is not null;
            }
        }

        return LinksOf(group).TryGet(name, out link, isExact);
    }

    // Apart from those who find what is known already, and need nothing that is captured.
    private ObjectHeader ReadHeader(long address) => _headers.GetOrAdd(address, WhileWritten.Read(File, () => ObjectHeader.Read(Bytes, address)));

    private GroupLinks ReadLinks(ObjectHeader group) => _links.GetOrAdd(group.Address, WhileWritten.Read(File, () => GroupLinks.Read(this, group)));

    private LinkSearch BeginSearch(ObjectHeader group) => _searches.GetOrAdd(group.Address, WhileWritten.Read(File, () => new LinkSearch(this, group)));

    private LinkEntry? Search(LinkSearch search, string name, bool isExact) =>
        WhileWritten.Read(File, () => search.TryGet(name, isExact, out LinkEntry entry) ? entry : null);

    /// <summary>What few files need is made when it is asked for; of two threads that make it at once, both get the one.</summary>
    private T Once<T>(ref T? made, Func<FileStructure, T> make)
        where T : class => Volatile.Read(ref made) ?? Interlocked.CompareExchange(ref made, make(this), null) ?? made;

    /// <summary>The body of a message, wherever it lies.</summary>
    public MetadataReader Reader(HeaderMessage message) => message.IsShared ? Shared(message.Kind, message.Reader(Bytes)) : message.Reader(Bytes);

    /// <summary>The message that a reference leads to: a message of the same kind in another object's header, or one in the file's heap of shared ones.</summary>
    public MetadataReader Shared(MessageKind kind, MetadataReader reference)
    {
        byte version = reference.Byte(), place = reference.Byte();
        switch (version)
        {
            case 1:
                reference.Skip(6 + Bytes.LengthSize); // reserved; where an old-style group has the object's name
                break;
            case 3 when place == 1:
                return FromSharedHeap(kind, reference.Bytes(8));
            case not (2 or 3):
                throw reference.Damaged($"a reference to a shared message has the version {version}; 1 to 3 are read", -2);
        }

        long address = reference.Offset();
        HeaderMessage? message = HeaderAt(address).Find(kind);
        return message is { IsShared: false }
            ? message.Reader(Bytes)
            : throw Bytes.Damaged(address, "a type or another shared message is referred to here, and isn't there");
    }

    /// <summary>A path from the root to an object; null where no hard link leads to it, or only through what is damaged.</summary>
    public string? PathOf(long address)
    {
        if (address == _superblock.RootAddress)
            return "/";
        var names = new Stack<string>();
        long length = 0;
        while (address != _superblock.RootAddress)
        {
            if (!Names.TryGetValue(address, out (long Group, string Name) at) || (length += at.Name.Length + 1) > LongestPath)
                return null;
            names.Push(at.Name);
            address = at.Group;
        }

        return "/" + string.Join('/', names);
    }

    public MetadataReader FromSharedHeap(MessageKind kind, ReadOnlySpan<byte> id) => Once(ref _shared, static file => new Lazy<SharedMessages>(() => SharedMessages.Read(file.Bytes, file._superblock.ExtensionAddress))).Value.Find(kind, id);

    private Dictionary<long, (long Group, string Name)> Names => Once(ref _names, static file => new Lazy<Dictionary<long, (long Group, string Name)>>(file.FindNames)).Value;

    private Dictionary<long, (long Group, string Name)> FindNames()
    {
        var names = new Dictionary<long, (long Group, string Name)>();
        var groups = new Queue<ObjectHeader>([Root]);
        while (groups.TryDequeue(out ObjectHeader? group))
        {
            foreach ((string name, long address) in HardLinksOf(group))
            {
                if (address != _superblock.RootAddress && names.TryAdd(address, (group.Address, name)) && GroupAt(address) is { } found)
                    groups.Enqueue(found);
            }
        }

        return names;
    }

    private IEnumerable<(string Name, long Address)> HardLinksOf(ObjectHeader group)
    {
        try
        {
            GroupLinks links = LinksOf(group);
            return links.Links.Where(link => link.Kind == Hdf5LinkKind.Hard).Select(link => (link.Name, links.TryGet(link.Name, out LinkEntry entry) ? entry.Address : FileBytes.Undefined));
        }
        catch (InvalidDataException)
        {
            return []; // whoever asks for the group itself is told
        }
    }

    private ObjectHeader? GroupAt(long address)
    {
        try
        {
            return HeaderAt(address) is { } header && GroupLinks.IsGroup(header) ? header : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
