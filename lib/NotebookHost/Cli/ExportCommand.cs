using System.CommandLine;
using NotebookHost.Export;
using NotebookHost.Export.CSharp;
using NotebookHost.Export.Html;
using NotebookHost.Export.Html.Site;
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
    private const string Notebook = "ipynb";

    private static readonly string[] _formats = [Html, CSharp, Markdown, Notebook];

    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks, folders or globs; all notebooks in notebooks/ by default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "html: an HTML page that does not require other files or a network; for several notebooks, also index.html, which lists them. cs: a C# file for dotnet run with the same "
            + "results on the console. md: Markdown for GitHub, with images in a folder next to it. ipynb: a notebook in only the language of --lang.",
        Required = true,
        HelpName = "html|cs|md|ipynb",
    };

    private readonly Option<string> _lang = new("--lang")
    {
        Description = "The language of the prose: en (the default) or zh. Cells without a translation remain in English.",
        HelpName = "en|zh",
    };

    private readonly Option<bool> _site = new("--site")
    {
        Description = "html: a site in all languages of the notebooks, with a search. It works from a folder and on a web server; "
            + "artifacts/site by default.",
    };

    private readonly Option<bool> _api = new("--api")
    {
        Description = "--site: also creates the API reference of the libraries with docfx and the settings in docs/api/docfx.json. Without docfx, the site has no API reference.",
    };

    private readonly Option<string> _repository = new("--repository")
    {
        Description = "--site: the repository on GitHub that pages link to; by default the origin of the checkout.",
        HelpName = "owner/name",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The output folder, or for one notebook the output file; artifacts/export by default.",
        HelpName = "path",
    };

    private readonly Option<string> _executed = new("--executed")
    {
        Description = "The folder of executed copies, such as artifacts/notebooks: the outputs of a copy are used if its cells are those of the notebook, "
            + "so that pages have charts with their data.",
        HelpName = "folder",
    };

    private readonly Option<bool> _sanitize = new("--sanitize")
    {
        Description = "html: forbids all scripts and requests of the page. Without this option, HTML and scripts in outputs and prose become "
            + "part of the page, as with jupyter nbconvert: use it for notebooks from untrusted sources.",
    };

    private readonly Option<string> _plotly = new("--plotly")
    {
        Description = "html: a file with plotly.js, which is included in pages with charts to make them interactive. Without this option, plotly.js "
            + "is downloaded from npm once.",
        HelpName = "file",
    };

    public ExportCommand()
        : base("export", "Writes notebooks in another format, with their outputs. Does not run cells.")
    {
        _to.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !_formats.Contains(token.Value, StringComparer.Ordinal)) is { } unknown)
                result.AddError($"--to takes html, cs, md or ipynb, not '{unknown.Value}'.");
        });
        _lang.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => ReadingLanguage.Find(token.Value) is null) is { } unknown)
                result.AddError($"--lang takes en or zh, not '{unknown.Value}'.");
        });
        _repository.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => GitHubRepository.Parse(token.Value) is null) is { } unknown)
                result.AddError($"--repository takes owner/name, not '{unknown.Value}'.");
        });
        Validators.Add(result =>
        {
            var site = result.GetValue(_site);
            if (site && (result.GetValue(_to) != Html || result.GetResult(_lang) is not null || result.GetValue(_sanitize)))
                result.AddError("--site requires --to html and includes all languages and its own scripts, so it cannot be used with --lang or --sanitize.");
            if (!site && result.GetResult(_repository) is not null)
                result.AddError("--repository requires --site.");
            if (!site && result.GetValue(_api))
                result.AddError("--api requires --site.");
        });
        Arguments.Add(_notebooks);
        foreach (var option in (Option[])[_to, _out, _lang, _site, _api, _repository, _executed, _sanitize, _plotly])
            Options.Add(option);
        SetAction(Export);
    }

    private int Export(ParseResult parsed)
    {
        var here = Directory.GetCurrentDirectory();
        try
        {
            var format = parsed.GetValue(_to)!;
            var language = ReadingLanguage.Find(parsed.GetValue(_lang) ?? "") ?? ReadingLanguage.English;
            var page = new HtmlPageOptions
            {
                Language = language,
                ForbidScripts = parsed.GetValue(_sanitize),
                PlotlyScript = Plotly(parsed.GetValue(_plotly)),
            };
            var root = NotebookSearch.Root(here);
            var paths = NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], root);
            var site = parsed.GetValue(_site);
            var wanted = parsed.GetValue(_out) ?? Path.Combine(root, "artifacts", site ? "site" : "export");
            var targets = Targets(paths, "." + format, wanted, site);
            OutputLocation.RequireFolder(Path.GetDirectoryName(targets[0].Target)!);
            var copies = parsed.GetValue(_executed) is { } folder ? new ExecutedCopies(folder, Console.Error.WriteLine) : null;
            var notebooks = targets.Select(target => (target.Path, Document: Read(target.Path, copies))).ToList();
            if (site && parsed.GetValue(_api) && ApiReference.Write(root, Path.GetDirectoryName(targets[0].Target)!) is { } problem)
                Console.Error.WriteLine($"The site has no API reference: {problem}.");
            if (site)
                return WriteSite(new CourseSite(notebooks, root, Repository(parsed, root), page.PlotlyScript!), Path.GetDirectoryName(targets[0].Target)!, here);
            var book = format == Html && notebooks.Count > 1 ? new PageList(notebooks, root, language) : null;
            foreach (var ((path, document), (_, target)) in notebooks.Zip(targets))
            {
                Write(document, path, target, format, book?.Place(path, page) ?? page);
                Console.WriteLine(Path.GetRelativePath(here, target) + Note(document, format, language));
            }
            if (book is not null)
            {
                var index = Path.Combine(Path.GetDirectoryName(targets[0].Target)!, PageList.IndexName);
                AtomicFile.WriteAllText(index, book.Index());
                Console.WriteLine($"{Path.GetRelativePath(here, index)} lists the pages");
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

    private static NotebookDocument Read(string path, ExecutedCopies? copies)
    {
        var document = NotebookDocument.Read(path);
        return copies is null ? document : copies.Of(path, document);
    }

    private GitHubRepository? Repository(ParseResult parsed, string root)
        => parsed.GetValue(_repository) is { } name ? GitHubRepository.Parse(name) : GitHubRepository.Of(root);

    private static int WriteSite(CourseSite site, string folder, string here)
    {
        site.Write(folder);
        var languages = string.Join(", ", site.Languages.Select(language => language.Name));
        Console.WriteLine($"{Path.GetRelativePath(here, Path.Combine(folder, PageList.IndexName))} links to all pages ({languages})");
        return ExitCode.Success;
    }

    private static Func<string?> Plotly(string? file)
    {
        if (file is null)
        {
            var package = PlotlyPackage.OfUser(Console.Error.WriteLine);
            return () => package.Script;
        }
        var script = File.ReadAllText(file);
        return () => script;
    }

    private static void Write(NotebookDocument document, string path, string target, string format, HtmlPageOptions page)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var targetFolder = Path.GetDirectoryName(target)!;
        var read = Translation.Of(document, page.Language);
        switch (format)
        {
            case Html:
                AtomicFile.WriteAllText(target, HtmlPage.Write(document, page with { Name = name, Folder = folder }));
                break;
            case CSharp:
                try
                {
                    AtomicFile.WriteAllText(target, CSharpProgram.Write(read, folder, targetFolder));
                }
                catch (ExportException error)
                {
                    throw new ExportException($"{path}: {error.Message}", error);
                }
                break;
            case Notebook:
                CopyImages(document, page.Language, folder, targetFolder);
                NotebookCopy.Of(document, page.Language, folder, targetFolder).Write(target);
                break;
            default:
                var markdown = MarkdownText.Of(read, $"{name}_files");
                CopyImages(document, page.Language, folder, targetFolder);
                foreach (var (image, content) in markdown.Images)
                    AtomicFile.WriteAllBytes(Path.Combine(targetFolder, image), content);
                AtomicFile.WriteAllText(target, markdown.Text);
                break;
        }
    }

    private static void CopyImages(NotebookDocument document, ReadingLanguage language, string folder, string targetFolder)
    {
        if (Path.GetFullPath(targetFolder) == folder)
            return;
        foreach (var (image, content) in NotebookCopy.Images(document, language, folder))
            AtomicFile.WriteAllBytes(Path.Combine(targetFolder, image), content);
    }

    private static string Note(NotebookDocument document, string format, ReadingLanguage language)
    {
        if (!Translation.LanguagesOf(document).Contains(language))
            return $" (in English: the notebook has no translation to {language.Tag})";
        return format is Html or Markdown && document.CodeCells.Any() && document.CodeCells.All(cell => cell.Outputs.Count == 0)
            ? " (without outputs: the notebook has none; nb run writes a copy with outputs)"
            : "";
    }

    private static List<(string Path, string Target)> Targets(IReadOnlyList<string> paths, string ending, string wanted, bool isSite)
    {
        if (wanted.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(wanted))
        {
            var what = isSite ? "A site does" : paths.Count > 1 ? $"{paths.Count} notebooks do" : null;
            return what is null
                ? [Apart(paths[0], Path.GetFullPath(wanted))]
                : throw new RunUsageException($"{what} not fit into one file, {wanted}; specify a folder with --out.");
        }
        var folder = Path.GetFullPath(wanted);
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var target = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + ending);
            if (!targets.TryAdd(target, path))
                throw new RunUsageException($"{targets[target]} and {path} would be written to the same file; export only one of them.");
        }
        if ((isSite || paths.Count > 1) && targets.TryGetValue(Path.Combine(folder, PageList.IndexName), out var index))
            throw new RunUsageException($"The page of {index} would replace the list of pages, {PageList.IndexName}; rename the notebook.");
        return [.. targets.Select(target => Apart(target.Value, target.Key))];
    }

    private static (string Path, string Target) Apart(string path, string target) => Path.GetFullPath(path) != target
        ? (path, target)
        : throw new RunUsageException($"The copy of {path} would replace the notebook; specify another folder with --out.");
}
