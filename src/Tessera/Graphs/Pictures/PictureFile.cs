using System.Text;

namespace Tessera.Graphs;

/// <summary>Writes pictures to files.</summary>
internal static class PictureFile
{
    /// <summary>
    /// Writes a picture in the format that the file's extension names: .svg, .html and .dot by ourselves, .png and .pdf with the program
    /// <c>dot</c> of Graphviz. What was there under the name is replaced once the whole picture is written.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="path">Of the file.</param>
    /// <param name="beside">Gives the markup that a page of HTML shows beside the picture; null for none.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ArgumentException">The extension is none of these.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder isn't there.</exception>
    /// <exception cref="NotSupportedException"><c>dot</c> is needed and isn't installed.</exception>
    /// <exception cref="InvalidOperationException"><c>dot</c> failed.</exception>
    public static string Write(GraphPicture picture, string path, Func<string>? beside = null) =>
        Write(picture, path, Environment.GetEnvironmentVariable("PATH") ?? "", beside);

    /// <summary>
    /// Writes a picture and looks for <c>dot</c> in <paramref name="searchPath"/>: folders as the environment variable PATH lists them.
    /// </summary>
    internal static string Write(GraphPicture picture, string path, string searchPath, Func<string>? beside = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        Action<Stream> write = extension switch
        {
            ".svg" => stream => WriteText(stream, SvgPicture.Draw(picture)),
            ".html" => stream => WriteText(stream, HtmlPicture.Write(picture, beside?.Invoke())),
            ".dot" => stream => WriteText(stream, DotText.Write(picture)),
            ".png" or ".pdf" => stream => new Graphviz(searchPath).Draw(DotText.Write(picture), extension[1..], stream),
            "" => throw Refuse("its name has no extension"),
            _ => throw Refuse($"{extension} is no format of pictures"),
        };
        return WholeFile.Write(path, write);

        ArgumentException Refuse(string why) => new(
            $"A picture can't be written to '{path}': {why}. The extension says the format: .svg, .html, .dot, .png or .pdf.", nameof(path));
    }

    private static void WriteText(Stream stream, string text)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write(text);
    }
}
