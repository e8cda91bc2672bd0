using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Files with names that aren't UTF-8 are changed: what is called by a text is what reading finds under it, and all other names keep their bytes.</summary>
public sealed class NameWritingTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("names-old.h5", false)]
    [InlineData("names-new.h5", false)]
    [InlineData("names-new.h5", true)]
    public void Names_keep_their_bytes_when_a_file_is_changed(string name, bool inPlace)
    {
        Python.Run("names.py", "make", _folder.Path);
        string path = _folder.PathOf(name);
        using (Hdf5File file = Hdf5File.OpenOrCreate(path, inPlace))
        {
            file.SetAttribute("/few", "é", 113);
            file.SetAttribute("/few", "\uDCE9", 112);
            file.SetAttribute("/few", "Länge", 114);
            file.SetAttribute("/few", "Höhe", 115);
            file.Delete("/both/é");
            file.WriteValue("/µm/tiefe/neü", 20);
            file.CreateGroup("/µm/tiefe");
            file.Save("/one/é", Arrays.Count<int>([3]), new Hdf5SaveOptions { Replace = true });
            Assert.Throws<IOException>(() => file.WriteValue("/one/grüße", 1));
            Assert.Equal([0, 1, 2], file.Array<int>("/one/é").Compute().ToArray());
            file.Commit();
        }

        JsonElement found = JsonDocument.Parse(Python.Run("names.py", "list", path)).RootElement;
        Assert.Equal(["61 1", "c3a9e9 5", "e8 4", "e9 2"], Members(found.GetProperty("626f7468")));
        Assert.Equal(["@48c3b66865 115", "@4ce46e6765 114", "@c3a9 113", "@e9 112"], Members(found.GetProperty("666577")));
        Assert.Equal(["6772fcdf65 7", "e697a5e69cac 8", "e9 [0, 1, 2]"], Members(found.GetProperty("6f6e65")));
        Assert.Equal("""{"7469656665": {"6e65c3bc": 20, "b5": 9}}""", found.GetProperty("b56d").GetRawText());
    }

    private static IEnumerable<string> Members(JsonElement group) => group.EnumerateObject().Select(member => $"{member.Name} {member.Value}").Order(StringComparer.Ordinal);
}
