using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Tessera.Graphs;

/// <summary>Runs Graphviz's program <c>dot</c>, which makes formats that Tessera doesn't write itself.</summary>
/// <param name="searchPath">Folders as the environment variable PATH lists them.</param>
internal sealed class Graphviz(string searchPath)
{
    /// <summary>Draws a text in the language of dot, in a format named as its files' extension, without the dot.</summary>
    /// <exception cref="NotSupportedException">There is no <c>dot</c> in the folders.</exception>
    /// <exception cref="InvalidOperationException"><c>dot</c> failed.</exception>
    public void Draw(string text, string format, Stream output)
    {
        string program = Find() ?? throw new NotSupportedException(
            $"Pictures as .{format} need Graphviz's program dot, which is in no folder of the PATH. Install it (Debian and Ubuntu: " +
            "apt install graphviz; macOS: brew install graphviz; Windows: winget install Graphviz.Graphviz), " +
            "or write .svg, .html or .dot, which need nothing.");
        using Process process = Start(program, format);
        Task<string> errors = process.StandardError.ReadToEndAsync(); // beside the rest, because a full pipe would stop dot
        Task input = Task.Run(() => Feed(process, text));
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        input.GetAwaiter().GetResult();
        if (process.ExitCode != 0)
        {
            string said = errors.GetAwaiter().GetResult().Trim();
            throw new InvalidOperationException(
                $"Graphviz couldn't draw the picture: {program} ended with {process.ExitCode} and said: " +
                $"{(said.Length == 0 ? "nothing" : said)}. Write .svg, .html or .dot, which Tessera does itself.");
        }
    }

    /// <summary>The program's full name, or null where no folder has it.</summary>
    public string? Find()
    {
        string[] names = OperatingSystem.IsWindows() ? ["dot.exe"] : ["dot"];
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder.Trim('"'), name)))
            .FirstOrDefault(File.Exists);
    }

    private static Process Start(string program, string format)
    {
        var start = new ProcessStartInfo(program, [$"-T{format}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new InvalidOperationException(
                $"{program} couldn't be started: {failure.Message}. Install Graphviz anew, or write .svg, .html or .dot, which need nothing.",
                failure);
        }
    }

    private static void Feed(Process process, string text)
    {
        try
        {
            process.StandardInput.Write(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // dot has ended before it read everything; its exit code and its errors say why.
        }
    }
}
