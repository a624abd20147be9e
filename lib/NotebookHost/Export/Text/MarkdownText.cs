using System.Text;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Text;

/// <summary>A notebook as Markdown.</summary>
/// <param name="Text">The text.</param>
/// <param name="Images">The images by the paths in the text.</param>
public sealed record MarkdownText(string Text, IReadOnlyDictionary<string, byte[]> Images)
{
    private const string Svg = "image/svg+xml";

    private static readonly Dictionary<string, string> _endings = new(StringComparer.Ordinal)
    {
        ["image/png"] = "png",
        ["image/jpeg"] = "jpg",
        ["image/gif"] = "gif",
        ["image/webp"] = "webp",
    };

    /// <summary>Writes prose, code and outputs as Markdown for GitHub.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="imageFolder">The folder of images in the text.</param>
    public static MarkdownText Of(NotebookDocument document, string imageFolder)
    {
        ArgumentNullException.ThrowIfNull(document);
        var writer = new Writer(imageFolder, document.IsCSharp ? null : document.Language);
        foreach (var cell in document.Cells)
            writer.Append(cell);
        return new MarkdownText(writer.Text.ToString().TrimEnd('\n') + "\n", writer.Images);
    }

    private sealed class Writer(string imageFolder, string? language)
    {
        private int _cell;

        public StringBuilder Text { get; } = new();

        public Dictionary<string, byte[]> Images { get; } = new(StringComparer.Ordinal);

        public void Append(NotebookCell cell)
        {
            _cell++;
            if (cell.Kind == CellKind.Markdown)
                AppendProse(cell);
            if (cell.Kind != CellKind.Code || string.IsNullOrWhiteSpace(cell.Source))
                return;
            AppendFenced(cell.Source, language ?? CellLanguage.Of(cell));
            foreach (var output in StoredOutput.Of(cell))
                Append(output);
        }

        private void AppendProse(NotebookCell cell)
        {
            var prose = cell.Source;
            foreach (var (name, bundle) in cell.Json["attachments"] as JsonObject ?? [])
            {
                var (type, data) = (bundle as JsonObject ?? []).FirstOrDefault(entry => _endings.ContainsKey(entry.Key));
                if (MultilineText.Join(data) is not { } encoded)
                    continue;
                var path = AddImage(Decoded(encoded), _endings[type]);
                prose = prose.Replace($"attachment:{name}", path, StringComparison.Ordinal)
                    .Replace($"attachment:{Uri.EscapeDataString(name)}", path, StringComparison.Ordinal);
            }
            Text.Append(prose.Trim('\n')).Append("\n\n");
        }

        private void Append(StoredOutput output)
        {
            if (output.IsStream)
                AppendFenced(TerminalText.Plain(output.StreamText), "text");
            else if (output.IsError)
                AppendFenced(TerminalText.Plain(output.ErrorText), "text");
            else if (output.In(Svg) is { } svg)
                AppendImage(Encoding.UTF8.GetBytes(svg), "svg", output);
            else if (_endings.Keys.FirstOrDefault(type => output.In(type) is not null) is { } type)
                AppendImage(Decoded(output.In(type)!), _endings[type], output);
            else if (output.In("text/html") is { } html && IsPlainTable(html))
                Text.Append(WithoutBlankLines(html)).Append("\n\n");
            else if (output.In("text/markdown") is { } markdown)
                Text.Append(markdown.Trim('\n')).Append("\n\n");
            else if (output.In("text/latex") is { } latex)
                Text.Append(latex.Trim('\n')).Append("\n\n");
            else if (output.In("text/plain") is { } plain)
                AppendFenced(TerminalText.Plain(plain), "text");
        }

        private void AppendImage(byte[] image, string ending, StoredOutput output)
        {
            var words = string.Concat((output.In("text/plain") ?? "").Split('\n')[0].Where(character => character is not ('[' or ']')));
            Text.Append($"![{words}]({AddImage(image, ending)})\n\n");
        }

        private string AddImage(byte[] image, string ending)
        {
            var number = 1;
            string path;
            while (Images.ContainsKey(path = $"{imageFolder}/cell-{_cell}-{number}.{ending}"))
                number++;
            Images[path] = image;
            return string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        }

        // a fence is longer than all fences in its content
        private void AppendFenced(string text, string language)
        {
            var fence = "```";
            while (text.Contains(fence, StringComparison.Ordinal))
                fence += "`";
            Text.Append(fence).Append(language).Append('\n').Append(text.Trim('\n')).Append('\n').Append(fence).Append("\n\n");
        }

        // GitHub shows HTML tables, but removes scripts and styles
        private static bool IsPlainTable(string html) => html.Contains("<table", StringComparison.OrdinalIgnoreCase)
            && !html.Contains("<script", StringComparison.OrdinalIgnoreCase)
            && !html.Contains("<style", StringComparison.OrdinalIgnoreCase);

        // in Markdown, a blank line ends an HTML block
        private static string WithoutBlankLines(string html)
            => string.Join('\n', html.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Trim()));

        private static byte[] Decoded(string base64)
        {
            try
            {
                return Convert.FromBase64String(base64);
            }
            catch (FormatException)
            {
                return [];
            }
        }
    }
}
