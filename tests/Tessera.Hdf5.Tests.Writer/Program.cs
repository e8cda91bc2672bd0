using Tessera;

// Writes version after version into a file, from a number on and until the process is killed: /data, in which every element is the number, and
// /versions/NUMBER. A test then looks at what is there.
string path = args[0], warm = Path.GetTempFileName();
File.Delete(warm);
for (int i = 0; i < 3; i++)
    Save(warm, i); // so that compiling takes none of the time in which the process is killed
File.Delete(warm);
Console.WriteLine("begun");
for (int version = int.Parse(args[1]); ; version++)
    Save(path, version);

static void Save(string path, int version)
{
    ChunkedArray<int> data = ChunkedArray.Zeros<int>([40, 50, 50], [4, 50, 50]) + version;
    Hdf5.Save(path, [
        Hdf5Output.Of("/data", data, new Hdf5SaveOptions
        {
            Replace = true,
            Compression = version % 2 == 0 ? Hdf5Compression.Gzip : Hdf5Compression.None,
            Contiguous = version % 3 == 1 && version % 2 == 1,
        }),
        Hdf5Output.Of($"/versions/{version}", ChunkedArray.Zeros<int>([1]), new Hdf5SaveOptions { Replace = true }),
    ]);
}
