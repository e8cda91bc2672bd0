using Microsoft.Win32.SafeHandles;

namespace Tessera.Hdf5Format;

/// <summary>A file that is there and is to be added to.</summary>
internal static class ExistingFile
{
    private const int MostObjects = 10_000;
    private const int MostTries = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Opens the file and lets others open it too.</summary>
    /// <exception cref="IOException">Another program has locked it.</exception>
    /// <exception cref="UnauthorizedAccessException">It is read-only to this user; a copy isn't made to get around that.</exception>
    public static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException refused) when (refused is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"'{path}' was to be added to, and another program has it open to write; close it there first.", refused);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UnauthorizedAccessException($"'{path}' was to be added to, and this user may not write to it; change its permissions, or save under another name.", refused);
        }
    }

    /// <summary>Opens the file as the only one that has it open, and from then on lets others read it; who asks to be alone, too, is refused.</summary>
    /// <exception cref="IOException">It is open elsewhere, in another program or in this one.</exception>
    /// <exception cref="UnauthorizedAccessException">It is read-only to this user.</exception>
    public static SafeFileHandle OpenAlone(string path)
    {
        SafeFileHandle handle = Open(path);
        for (int tries = 0; tries < MostTries; tries++)
        {
            if (AdvisoryLock.TryTake(handle))
            {
                AdvisoryLock.Share(handle);
                return handle;
            }

            Thread.Sleep(Pause); // a reader that opens the file and closes it again has a share for a moment
        }

        handle.Dispose();
        throw new IOException(
            $"'{path}' was to be changed in place, and another program has it open, or an Hdf5File or a save of this one; close it there first. " +
            "To read from the file what is added to it, open it with Hdf5File.OpenOrCreate(path, inPlace: true), and read and save through that; or save without InPlace.");
    }

    /// <summary>
    /// Refuses a file that isn't HDF5, or whose structure is damaged, before the library sees it: of damaged ones that may end the process. The tree is
    /// read, as far as it can be in little time; elements aren't.
    /// </summary>
    /// <exception cref="InvalidDataException">It isn't, or is.</exception>
    /// <exception cref="IOException">Another program is writing it.</exception>
    public static void Require(string path)
    {
        using (Open(path))
        {
            // it may be written
        }

        using var file = new ReadOnlyFile(path, OpenFiles.Shared);
        try
        {
            var structure = new FileStructure(file);
            if (structure.Superblock.IsBeingWritten)
                throw new IOException($"'{path}' was to be added to, and another program is writing it, or ended without closing it. Wait until it is closed.");
            Walk(structure);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"'{path}' was to be added to, and it can't be: it is left as it is. Save under another name, or delete it first. {damage.Message}", damage);
        }
    }

    private static void Walk(FileStructure structure)
    {
        var seen = new HashSet<long> { structure.Root.Address };
        var groups = new Queue<ObjectHeader>([structure.Root]);
        while (groups.TryDequeue(out ObjectHeader? group))
        {
            GroupLinks links = structure.LinksOf(group);
            foreach (Hdf5Link link in links.Links.Where(link => link.Kind == Hdf5LinkKind.Hard))
            {
                if (!links.TryGet(link.Name, out LinkEntry entry) || !seen.Add(entry.Address))
                    continue;
                if (seen.Count > MostObjects)
                    return;
                ObjectHeader item = structure.HeaderAt(entry.Address);
                if (GroupLinks.IsGroup(item))
                    groups.Enqueue(item);
                else if (DatasetHeader.IsDataset(item))
                    _ = DatasetHeader.Read(structure, item);
            }
        }
    }
}
