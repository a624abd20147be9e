using System.CommandLine;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary><c>nb export</c>: writes notebooks in other formats.</summary>
internal sealed class ExportCommand : Command
{
    private const string Html = "html";

    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks, folders or globs.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "html: one page that needs no other file and no network.",
        Required = true,
        HelpName = "html",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder to write to, or for one notebook the file; artifacts/export by default.",
        HelpName = "path",
    };

    private readonly Option<bool> _sanitize = new("--sanitize")
    {
        Description = "html: forbids the page all scripts and loading anything. Without it, html and scripts among the outputs and in the "
            + "prose are the page's own, as with jupyter nbconvert: use it for notebooks of strangers.",
    };

    public ExportCommand()
        : base("export", "Writes notebooks in another format, with the outputs that they hold. Runs no cell.")
    {
        _to.AcceptOnlyFromAmong(Html);
        Arguments.Add(_notebooks);
        Options.Add(_to);
        Options.Add(_out);
        Options.Add(_sanitize);
        SetAction(Export);
    }

    private int Export(ParseResult parsed)
    {
        var here = Directory.GetCurrentDirectory();
        try
        {
            var format = parsed.GetValue(_to)!;
            var paths = NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], here);
            foreach (var (path, target) in Targets(paths, "." + format, parsed.GetValue(_out), here))
            {
                var document = NotebookDocument.Read(path);
                Write(document, path, target, parsed.GetValue(_sanitize));
                var note = document.CodeCells.All(cell => cell.Outputs.Count == 0) ? " (without outputs: it has none; nb run makes them)" : "";
                Console.WriteLine(Path.GetRelativePath(here, target) + note);
            }
            return ExitCode.Success;
        }
        catch (Exception error) when (error is RunUsageException or NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
    }

    private static void Write(NotebookDocument document, string path, string target, bool sanitize)
    {
        var page = HtmlPage.Write(document, new HtmlPageOptions
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Folder = Path.GetDirectoryName(Path.GetFullPath(path)),
            ForbidScripts = sanitize,
        });
        AtomicFile.WriteAllText(target, page);
    }

    private static List<(string Path, string Target)> Targets(IReadOnlyList<string> paths, string ending, string? wanted, string here)
    {
        if (wanted is not null && wanted.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(wanted))
        {
            return paths.Count == 1
                ? [(paths[0], Path.GetFullPath(wanted))]
                : throw new RunUsageException($"{paths.Count} notebooks do not fit into the one file {wanted}; name a folder with --out.");
        }
        var folder = Path.GetFullPath(wanted ?? Path.Combine(NotebookSearch.Root(here), "artifacts", "export"));
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var target = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + ending);
            if (!targets.TryAdd(target, path))
                throw new RunUsageException($"{targets[target]} and {path} would become the same file; export one of them.");
        }
        return [.. targets.Select(target => (target.Value, target.Key))];
    }
}
