using System.Text.RegularExpressions;

namespace NotebookHost.Language;

/// <summary>Completes lines that are the host's or the compiler's: magics, and the paths of <c>#r</c>, <c>#load</c>, <c>#!import</c>.</summary>
internal static partial class DirectiveCompletion
{
    private static readonly string[] _magics = ["#!csharp", "#!time"];

    /// <summary>Null when the line is none of these.</summary>
    public static CompletionList? Complete(string code, int position)
    {
        var line = code[..position];
        line = line[(line.LastIndexOf('\n') + 1)..];
        if (Directive().Match(line) is { Success: true } directive)
        {
            var written = directive.Groups["word"].Value;
            string[] words = [.. _magics, "#r", "#load", "#nullable"];
            return List(position, written, words, "magic");
        }
        if (PathOf().Match(line) is not { Success: true } match)
            return null;
        var path = match.Groups["path"].Value;
        var name = path[(path.LastIndexOf('/') + 1)..];
        string[] extensions = match.Groups["word"].Value == "#r" ? [".dll"] : [".cs", ".csx", ".ipynb", ".dib"];
        return List(position, name, Entries(path[..^name.Length], extensions), "path");
    }

    private static CompletionList List(int position, string written, IEnumerable<string> words, string kind)
        => new(position - written.Length, position,
            [.. words.Where(word => word.StartsWith(written, StringComparison.Ordinal)).Select(word => new Completion(word, kind, ""))]);

    private static IEnumerable<string> Entries(string folder, string[] extensions)
    {
        var info = new DirectoryInfo(Path.GetFullPath(folder.Length > 0 ? folder : "."));
        if (!info.Exists)
            return [];
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        return info.EnumerateDirectories("*", options).Select(entry => entry.Name + "/")
            .Concat(info.EnumerateFiles("*", options)
                .Where(file => extensions.Contains(file.Extension))
                .Select(file => file.Name))
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^[ \t]*(?<word>#!?\w*)$")]
    private static partial Regex Directive();

    [GeneratedRegex("""^[ \t]*(?<word>#r|#load|#!import)[ \t]+"?(?<path>[^"]*)$""")]
    private static partial Regex PathOf();
}
