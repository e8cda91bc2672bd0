using Tessera.Hdf5Format;

namespace Tessera;

public sealed partial class Hdf5File
{
    private bool _hasChanged, _hasFailed;

    /// <summary>A file that nobody disposes of takes its changes with it; it says so.</summary>
    ~Hdf5File()
    {
        if (!_isDisposed && IsUncommitted)
            Uncommitted.Say(Path, "forgotten");
    }

    internal UncommittedWarning Uncommitted { private get; set; } = UncommittedWarning.Standard;

    /// <summary>Whether changes are lost that nobody knows of: none of them failed. In place, they are in the file already.</summary>
    private bool IsUncommitted => _session is { IsInPlace: false } && _hasChanged && !_hasFailed;
}
