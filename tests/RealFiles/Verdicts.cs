namespace Tessera.RealFiles;

internal static class Verdicts
{
    public const string Same = "read the same";
    public const string Different = "read differently";
    public const string OnlyOurs = "read by Tessera alone";
    public const string OnlyTheirs = "refused by Tessera alone";
    public const string Neither = "refused by both";
    public const string Unnamed = "an exception that isn't named";
}
