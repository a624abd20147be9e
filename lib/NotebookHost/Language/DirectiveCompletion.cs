using System.Text.RegularExpressions;
using NotebookHost.Sessions;

namespace NotebookHost.Language;

/// <summary>Completes magic commands, directives, and the paths of <c>#r</c>, <c>#load</c> and <c>#!import</c>.</summary>
internal static partial class DirectiveCompletion
{
    private static readonly Completion[] _directives =
    [
        .. MagicNames.Shown.Concat(MagicNames.Actions).Select(magic => new Completion("#!" + magic.Key, "magic", magic.Value)),
        .. ((string[])["#r", "#i", "#load", "#nullable"]).Select(directive => new Completion(directive, "magic", "")),
    ];

    /// <summary>Returns the completions; null if the line is not a directive.</summary>
    public static CompletionList? Complete(string code, int position)
    {
        var line = code[..position];
        line = line[(line.LastIndexOf('\n') + 1)..];
        if (Directive().Match(line) is { Success: true } directive)
            return List(position, directive.Groups["word"].Value, _directives);
        if (PathOf().Match(line) is not { Success: true } match)
            return null;
        var path = match.Groups["path"].Value;
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        string[] extensions = match.Groups["word"].Value == "#r" ? [".dll"] : [".cs", ".csx", ".ipynb", ".dib"];
        return List(position, name, Entries(path[..^name.Length], extensions));
    }

    private static CompletionList List(int position, string written, IEnumerable<Completion> items)
        => new(position - written.Length, position, [.. items.Where(item => item.Text.StartsWith(written, StringComparison.Ordinal))]);

    private static IEnumerable<Completion> Entries(string folder, string[] extensions)
    {
        var info = new DirectoryInfo(Path.GetFullPath(folder.Length > 0 ? folder : "."));
        if (!info.Exists)
            return [];
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        return info.EnumerateDirectories("*", options).Select(entry => entry.Name + "/")
            .Concat(info.EnumerateFiles("*", options)
                .Where(file => extensions.Contains(file.Extension))
                .Select(file => file.Name))
            .Order(StringComparer.Ordinal)
            .Select(name => new Completion(name, "path", ""));
    }

    [GeneratedRegex(@"^[ \t]*(?<word>#!?\w*)$")]
    private static partial Regex Directive();

    [GeneratedRegex("""^[ \t]*(?<word>#r|#load|#!import)[ \t]+"?(?<path>[^"]*)$""")]
    private static partial Regex PathOf();
}
