using System.Text;
using Tessera.Graphs;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Graphs;

public sealed class PictureFileTests : IDisposable
{
    private static readonly GraphPicture Picture = new(
        "add(1, 2)",
        [new("1", PictureShape.Data, ""), new("2 ≤ π", PictureShape.Data, ""), new("add", PictureShape.Function, "")],
        [(0, 2), (1, 2)]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tessera-pictures-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_extension_says_the_format()
    {
        Assert.Equal(SvgPicture.Draw(Picture), File.ReadAllText(PictureFile.Write(Picture, In("a.svg"))));
        Assert.Equal(SvgPicture.Draw(Picture), File.ReadAllText(PictureFile.Write(Picture, In("b.SVG"))));
        Assert.Equal(HtmlPicture.Write(Picture), File.ReadAllText(PictureFile.Write(Picture, In("a.html"))));
        Assert.Equal(DotText.Write(Picture), File.ReadAllText(PictureFile.Write(Picture, In("a.dot"))));
        Assert.Equal((byte)'<', File.ReadAllBytes(In("a.svg"))[0]); // no byte order mark
    }

    [Theory]
    [InlineData("a.png", new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A })]
    [InlineData("a.pdf", new byte[] { (byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-' })]
    public void Graphviz_draws_PNG_and_PDF(string name, byte[] beginning)
    {
        GraphvizOracle.Require();
        byte[] file = File.ReadAllBytes(PictureFile.Write(Picture, In(name)));
        Assert.Equal(beginning, file.Take(beginning.Length));
    }

    [Fact]
    public void The_full_path_comes_back_and_what_was_there_is_replaced()
    {
        string path = In("again.svg");
        File.WriteAllText(path, new string('x', 100_000));
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        Assert.Equal(path, PictureFile.Write(Picture, relative));
        Assert.Equal(SvgPicture.Draw(Picture), File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }

    [Theory]
    [InlineData("picture", "its name has no extension")]
    [InlineData("", "its name has no extension")]
    [InlineData("picture.jpg", ".jpg is no format")]
    [InlineData("picture.", "its name has no extension")]
    public void Another_extension_is_refused_with_the_allowed_ones(string name, string what)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => PictureFile.Write(Picture, name));
        Assert.Contains($"'{name}': {what}", refusal.Message);
        Assert.Contains(".svg, .html, .dot, .png or .pdf", refusal.Message);
        Assert.Equal("path", refusal.ParamName);
    }

    [Fact]
    public void A_missing_folder_is_named_as_it_was_given()
    {
        string path = Path.Combine("there-is", "no-such-folder", "a.svg");
        Assert.Contains($"'{path}'", Assert.Throws<DirectoryNotFoundException>(() => PictureFile.Write(Picture, path)).Message);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("pdf")]
    public void Without_Graphviz_the_error_says_how_to_get_it_and_what_needs_none(string format)
    {
        string path = In($"a.{format}");
        string message = Assert.Throws<NotSupportedException>(() => PictureFile.Write(Picture, path, searchPath: _folder.FullName)).Message;
        string[] parts =
            [$".{format}", "apt install graphviz", "brew install graphviz", "winget install Graphviz.Graphviz", ".svg, .html or .dot"];
        Assert.All(parts, part => Assert.Contains(part, message));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void What_Graphviz_says_against_a_graph_is_in_the_error()
    {
        GraphvizOracle.Require();
        using var output = new MemoryStream();
        string message = Assert.Throws<InvalidOperationException>(
            () => new Graphviz(GraphvizOracle.SearchPath).Draw("digraph { this is -> -> wrong", "png", output)).Message;
        Assert.Contains("syntax error", message);
    }

    [Fact]
    public void A_dot_that_fails_early_leaves_no_file_and_says_why()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The stand-in for dot is a shell script.");
            return;
        }

        string tools = _folder.CreateSubdirectory("tools").FullName, dot = Path.Combine(tools, "dot");
        File.WriteAllText(dot, "#!/bin/sh\nprintf half\necho 'out of paper' >&2\nexit 3\n");
        File.SetUnixFileMode(dot, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string path = In("a.png");
        File.WriteAllText(path, "before");
        GraphPicture large = RandomPictures.Tree(2_000, 2); // more than a pipe holds

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => PictureFile.Write(large, path, tools));
        Assert.Contains("ended with 3 and said: out of paper", failure.Message);
        Assert.Equal("before", File.ReadAllText(path, Encoding.UTF8));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
