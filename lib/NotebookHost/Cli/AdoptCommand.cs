using System.CommandLine;
using NotebookHost.Migration;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary><c>nb adopt</c>: migrates notebooks of the retired .NET Interactive.</summary>
internal sealed class AdoptCommand : Command
{
    private readonly Argument<string[]> _notebooks = new("notebook")
    {
        Description = "Notebooks, folders or globs: .ipynb or .dib.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _write = new("--write")
    {
        Description = "Applies the changes. The original of an .ipynb file is kept as .ipynb.orig; a .dib file is kept, and an .ipynb file is created from it.",
    };

    private readonly Option<string[]> _library = new("--library")
    {
        Description = "A library that replaces packages; if there are several, the last one is used.",
        HelpName = "file",
    };

    public AdoptCommand()
        : base(
            "adopt",
            "Reports the changes that notebooks for .NET Interactive and Polyglot Notebooks require; --write applies them. "
            + "Restores packages and compiles cells, but does not run them.")
    {
        Arguments.Add(_notebooks);
        Options.Add(_write);
        Options.Add(_library);
        SetAction(AdoptAsync);
    }

    private async Task<int> AdoptAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var terminal = Terminal.Open();
            var migrator = new NotebookMigrator(new MigrationOptions
            {
                Library = parsed.GetValue(_library)?.LastOrDefault() ?? Repository.Checkout.Current?.At("artifacts", "lib", "DeepLearning.dll"),
                Report = terminal.Note,
            });
            var all = true;
            foreach (var path in NotebookSearch.Find(parsed.GetValue(_notebooks) ?? [], Directory.GetCurrentDirectory()))
            {
                var adopted = await migrator.MigrateAsync(path, cancellation).ConfigureAwait(false);
                Report(terminal, adopted);
                if (parsed.GetValue(_write) && adopted is { Changes: > 0, Document: { } document })
                    terminal.Success($"{MigratedNotebook.Number(adopted.Changes, "change")} applied: {Write(path, document)}");
                all &= adopted.Runs;
            }
            return all ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception error) when (error is RunUsageException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
    }

    private static void Report(Terminal terminal, MigratedNotebook adopted)
    {
        terminal.Heading(Path.GetRelativePath(Directory.GetCurrentDirectory(), adopted.Path));
        foreach (var finding in adopted.Findings)
        {
            var mark = finding.Kind switch
            {
                FindingKind.Manual => "manual ",
                FindingKind.Note => "note   ",
                _ => "change ",
            };
            terminal.Note($"  {mark}  {finding}");
        }
        if (adopted.Runs)
            terminal.Success("  " + adopted.Verdict);
        else
            terminal.Problem("  " + adopted.Verdict);
    }

    /// <returns>A sentence about the files that were written.</returns>
    private static string Write(string path, NotebookDocument document)
    {
        if (NotebookDocument.IsDib(path))
        {
            var notebook = Path.ChangeExtension(path, ".ipynb");
            if (File.Exists(notebook))
                throw new IOException($"{notebook} already exists and is not overwritten: move it, then run nb adopt again for {path}.");
            document.Write(notebook);
            return $"created {notebook}, kept {path}";
        }
        var original = path + ".orig";
        // an existing copy is the original from an earlier migration
        if (!File.Exists(original))
        {
            var beside = $"{original}.{Guid.NewGuid():N}.tmp";
            File.Copy(path, beside);
            File.Move(beside, original);
        }
        document.Write(path);
        return $"changed {path}, saved the original as {original}";
    }
}
