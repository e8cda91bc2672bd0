namespace Tessera.Diagnostics;

/// <summary>A line of a user's program; its text is <c>Program.cs:12</c>.</summary>
internal sealed record SourceLine(string File, int Line)
{
    public static SourceLine Unknown { get; } = new("", 0);

    public override string ToString() => File == "" ? "" : $"{Path.GetFileName(File.Replace('\\', '/'))}:{Line}";
}
