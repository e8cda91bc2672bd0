namespace Tessera.Files;

/// <summary>Who may change a file while it is read.</summary>
internal enum FileChanges
{
    /// <summary>Nobody: another file that takes its name is noticed.</summary>
    None,

    /// <summary>Another program makes it longer, and mustn't find it locked.</summary>
    ByOthers,

    /// <summary>This program, which knows what is whole in it.</summary>
    ByUs,
}
