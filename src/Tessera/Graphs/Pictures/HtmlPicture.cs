using System.Text;

namespace Tessera.Graphs;

/// <summary>A picture as one page of HTML that needs nothing else: the SVG, a script to move around in it, and what may be shown beside.</summary>
internal static class HtmlPicture
{
    /// <param name="picture">The picture.</param>
    /// <param name="beside">What is shown beside it, as markup; null for nothing.</param>
    public static string Write(GraphPicture picture, string? beside = null)
    {
        string title = Escaping.Markup(picture.Title);
        var page = new StringBuilder();
        page.Append(
            $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{title}}</title>
            <style>
            {{HtmlParts.Style}}
            </style>
            </head>
            <body>
            <header>
            <h1 title="{{title}}">{{title}}</h1>{{Legend(picture)}}
            <span class="buttons">
            <button id="out" title="Smaller (-)">−</button>
            <button id="in" title="Larger (+)">+</button>
            <button id="fit" title="Show all (0, or double-click)">Fit</button>
            </span>
            </header>
            {{(beside is null ? "" : "<div class=\"both\">\n")}}<main>

            """);
        page.Append(SvgPicture.Draw(picture, withHeading: false));
        page.Append(
            $$"""
            </main>{{(beside is null ? "" : $"\n<aside>\n{beside}</aside>\n</div>")}}
            <div id="tooltip" hidden></div>
            <script>
            {{HtmlParts.Script}}
            </script>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private static string Legend(GraphPicture picture)
    {
        if (picture.Legend is not { } legend)
            return "";
        string ramp = picture.Nodes.Any(node => node.Heat is not null)
            ? $"<i style=\"background:linear-gradient(90deg,{string.Join(',', HeatColours.Stops())})\"></i>"
            : "";
        return $"<span class=\"legend\">{ramp}{Escaping.Markup(legend)}</span>";
    }
}
