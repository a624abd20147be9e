using System.CommandLine;
using NotebookHost.Export;
using NotebookHost.Export.CSharp;
using NotebookHost.Export.Html;
using NotebookHost.Export.Text;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary><c>nb export</c>: writes notebooks in other formats.</summary>
internal sealed class ExportCommand : Command
{
    private const string Html = "html";
    private const string CSharp = "cs";
    private const string Markdown = "md";

    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks, folders or globs; all in notebooks/ when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "html: one page that needs no other file and no network; of several, also index.html, which lists them. cs: a C# file that dotnet run executes, with the same "
            + "results on the console. md: Markdown as GitHub shows it, its images in a folder beside.",
        Required = true,
        HelpName = "html|cs|md",
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

    private readonly Option<string> _plotly = new("--plotly")
    {
        Description = "html: a file of plotly.js that goes into pages with charts, which then answer to the pointer. Without it, they are "
            + "images.",
        HelpName = "file",
    };

    public ExportCommand()
        : base("export", "Writes notebooks in another format, with the outputs that they hold. Runs no cell.")
    {
        _to.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value is not (Html or CSharp or Markdown)) is { } unknown)
                result.AddError($"--to wants html, cs or md, not '{unknown.Value}'.");
        });
        Arguments.Add(_notebooks);
        Options.Add(_to);
        Options.Add(_out);
        Options.Add(_sanitize);
        Options.Add(_plotly);
        SetAction(Export);
    }

    private int Export(ParseResult parsed)
    {
        var here = Directory.GetCurrentDirectory();
        try
        {
            var format = parsed.GetValue(_to)!;
            var page = new HtmlPageOptions
            {
                ForbidScripts = parsed.GetValue(_sanitize),
                PlotlyScript = parsed.GetValue(_plotly) is { } plotly ? File.ReadAllText(plotly) : null,
            };
            var root = NotebookSearch.Root(here);
            var paths = NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], root);
            var targets = Targets(paths, "." + format, parsed.GetValue(_out), here);
            var notebooks = targets.Select(target => (target.Path, Document: NotebookDocument.Read(target.Path))).ToList();
            var book = format == Html && notebooks.Count > 1 ? new Book(notebooks, root) : null;
            foreach (var ((path, document), (_, target)) in notebooks.Zip(targets))
            {
                Write(document, path, target, format, book?.Place(path, page) ?? page);
                Console.WriteLine(Path.GetRelativePath(here, target) + Note(document, format));
            }
            if (book is not null)
            {
                var index = Path.Combine(Path.GetDirectoryName(targets[0].Target)!, Book.IndexName);
                AtomicFile.WriteAllText(index, book.Index());
                Console.WriteLine($"{Path.GetRelativePath(here, index)} lists them");
            }
            return ExitCode.Success;
        }
        catch (ExportException error)
        {
            Console.Error.WriteLine($"{error.Message}.");
            return ExitCode.Failure;
        }
        catch (Exception error) when (error is RunUsageException or NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
    }

    private static void Write(NotebookDocument document, string path, string target, string format, HtmlPageOptions page)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var targetFolder = Path.GetDirectoryName(target)!;
        switch (format)
        {
            case Html:
                AtomicFile.WriteAllText(target, HtmlPage.Write(document, page with { Name = name, Folder = folder }));
                break;
            case CSharp:
                try
                {
                    AtomicFile.WriteAllText(target, CSharpProgram.Write(document, folder, targetFolder));
                }
                catch (ExportException error)
                {
                    throw new ExportException($"{path}: {error.Message}", error);
                }
                break;
            default:
                var markdown = MarkdownText.Of(document, $"{name}_files");
                foreach (var (image, content) in markdown.Images)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(targetFolder, image))!);
                    File.WriteAllBytes(Path.Combine(targetFolder, image), content);
                }
                AtomicFile.WriteAllText(target, markdown.Text);
                break;
        }
    }

    private static string Note(NotebookDocument document, string format)
        => format != CSharp && document.CodeCells.Any() && document.CodeCells.All(cell => cell.Outputs.Count == 0)
            ? " (without outputs: the notebook holds none; nb run makes a copy that does)"
            : "";

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
        if (paths.Count > 1 && targets.TryGetValue(Path.Combine(folder, Book.IndexName), out var index))
            throw new RunUsageException($"The page of {index} would take the place of the list of all, {Book.IndexName}; rename the notebook.");
        return [.. targets.Select(target => (target.Value, target.Key))];
    }
}
