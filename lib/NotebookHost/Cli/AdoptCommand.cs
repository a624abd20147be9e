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
        Description = "Makes the changes. An .ipynb's old text stays beside it, as .ipynb.orig; a .dib stays, and an .ipynb is made of it.",
    };

    private readonly Option<string[]> _library = new("--library")
    {
        Description = "A library that replaces packages; of several, the last.",
        HelpName = "file",
    };

    public AdoptCommand()
        : base(
            "adopt",
            "Reports what notebooks written for .NET Interactive and Polyglot Notebooks need to run here, and changes them. "
            + "Restores packages and compiles cells, but runs none.")
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
                    terminal.Success($"{MigratedNotebook.Number(adopted.Changes, "change")} made: {Write(path, document)}");
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
                FindingKind.Manual => "by hand",
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
                throw new IOException($"{notebook} already exists and is not overwritten: move it, then adopt {path} again.");
            document.Write(notebook);
            return $"{notebook} is new, {path} stays";
        }
        var original = path + ".orig";
        // adopted before: what is there is older, and so the original
        if (!File.Exists(original))
        {
            var beside = $"{original}.{Guid.NewGuid():N}.tmp";
            File.Copy(path, beside);
            File.Move(beside, original);
        }
        document.Write(path);
        return $"{path} is changed, {original} is what it was";
    }
}
