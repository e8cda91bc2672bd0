namespace Tessera.Files.Tests;

/// <summary>For tests that look at the whole process: they run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
