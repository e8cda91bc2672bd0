using Tessera;

// Writes version after version into a file, until the process is killed: /data, in which every element is the number of the version, and /versions/N.
// A test then looks at what is there.
string path = args[0];
int version = 0;
while (File.Exists(path) && version < int.MaxValue)
{
    try
    {
        ChunkedArray.Zeros<int>([1]).SaveHdf5(path, $"/versions/{version}");
        break; // the first that isn't there
    }
    catch (IOException)
    {
        version++;
    }
}

Console.WriteLine("begun");
for (; ; version++)
{
    ChunkedArray<int> data = ChunkedArray.Zeros<int>([40, 100, 100], [4, 100, 100]) + version;
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
