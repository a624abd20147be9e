using System.Security.Cryptography;
using System.Text;
using DeepLearning.Charts;

namespace DeepLearning.TensorBoard;

/// <summary>Writes a board as HTML: static curves for pages without scripts, and a script that replaces them with the board.</summary>
public static class BoardHtml
{
    private const int StillCurves = 4;

    private static readonly Lazy<string> _css = new(() => Resource("board.css"));
    private static readonly Lazy<string> _script = new(() => Resource("board.js"));

    /// <summary>Returns the board as an HTML fragment, for notebooks.</summary>
    /// <param name="board">The board.</param>
    public static string Of(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        var json = board.ToJson();
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        var still = string.Concat(board.TagsAsShown.Take(StillCurves).Select(tag => SvgFigure.Draw(board.Chart(tag), textColor: null)));
        return $$"""
            <div class="board" data-board="{{id}}">
            <style>{{_css.Value}}</style>
            <div class="still">{{still}}</div>
            <script>
            (function () {
            {{_script.Value}}
            var data = {{json}};
            document.querySelectorAll('div[data-board="{{id}}"]:not([data-drawn])').forEach(function (root) {
              root.setAttribute('data-drawn', '');
              showBoard(root, data);
            });
            })();
            </script>
            </div>
            """;
    }

    /// <summary>Returns a page that requests the board's JSON repeatedly and shows it.</summary>
    /// <param name="title">The title of the page.</param>
    /// <param name="source">The address of the JSON, relative to the page.</param>
    /// <param name="pause">The time between requests.</param>
    public static string Page(string title, string source, TimeSpan pause) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{System.Net.WebUtility.HtmlEncode(title)}}</title>
        <style>
        :root { color-scheme: light dark; }
        body { margin: 16px; background: Canvas; color: CanvasText; }
        {{_css.Value}}
        </style>
        </head>
        <body>
        <div class="board"></div>
        <script>
        {{_script.Value}}
        followBoard(document.querySelector('.board'), '{{source}}', {{(int)pause.TotalMilliseconds}});
        </script>
        </body>
        </html>
        """;

    private static string Resource(string name)
    {
        using var resource = new StreamReader(typeof(BoardHtml).Assembly.GetManifestResourceStream(name)!);
        return resource.ReadToEnd();
    }
}
