using System.CommandLine;
using NotebookHost.Checks;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary><c>nb strip</c>: removes outputs from notebooks before they are committed.</summary>
internal sealed class StripCommand : Command
{
    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks, folders or globs. A .dib file has no outputs and is not changed.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Does not change files; lists the notebooks that would change, and exits with code 1 if there are any.",
    };

    public StripCommand()
        : base(
            "strip",
            "Removes outputs, execution counts and metadata of runs. Keeps the outputs of cells with the tag keep_output.")
    {
        Arguments.Add(_notebooks);
        Options.Add(_check);
        SetAction(Strip);
    }

    private int Strip(ParseResult parsed)
    {
        var check = parsed.GetValue(_check);
        var changed = 0;
        try
        {
            // all notebooks are read before the first one is written
            var notebooks = NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], Directory.GetCurrentDirectory())
                .Where(path => !NotebookDocument.IsDib(path))
                .Select(path => (Path: path, Document: NotebookDocument.Read(path), Before: File.ReadAllText(path)))
                .ToList();
            foreach (var (path, document, before) in notebooks)
            {
                NotebookStripper.Strip(document);
                if (document.ToJson() == before)
                    continue;
                changed++;
                if (!check)
                    document.Write(path);
                Console.WriteLine(check ? $"{path} would change" : $"{path} stripped");
            }
        }
        catch (Exception error) when (error is RunUsageException or NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
        return check && changed > 0 ? ExitCode.Failure : ExitCode.Success;
    }
}
