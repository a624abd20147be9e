using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using NotebookHost.Display;
using NotebookHost.Display.Values;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>Executes the <c>#!</c> lines of cells, with the framework's kernels and directives if they exist.</summary>
internal sealed partial class CellMagics(KernelTree kernels, CellOutput output)
{
    /// <summary>Runs a part of a cell in a language other than C#.</summary>
    /// <exception cref="MagicException">The language is not supported.</exception>
    public async Task RunAsync(TextStep step, CancellationToken stop)
    {
        if (MagicNames.Foreign.TryGetValue(step.Language, out var language) && !kernels.IsKernel(step.Language))
            throw new MagicException($"This host runs C# and does not support {language}. Remove this part of the cell, or write it in C#");
        await SendAsync($"#!{step.Language} {step.Arguments}".TrimEnd() + "\n" + step.Text, stop).ConfigureAwait(false);
    }

    /// <summary>Executes a line.</summary>
    /// <exception cref="MagicException">The line cannot be executed.</exception>
    public async Task RunAsync(MagicStep step, CancellationToken stop)
    {
        switch (step.Name)
        {
            case MagicNames.Rerun:
                // the process of the front end handles this command in the first line of a cell
                throw new MagicException("#!rerun must be the first line of a cell in Jupyter, where a session can be lost; there is nothing to rerun here");
            case "who":
                Show(MimeBundle.Raw(string.Join('\n', kernels.CSharp.Variables().Select(variable => variable.Name)), MimeBundle.PlainTextType));
                break;
            case "whos":
                Show(Table(["Name", "Type", "Value"], kernels.CSharp.Variables().Select(variable => (string[])
                    [variable.Name, CSharpNames.Of(variable.Type), ShortText.Of(variable.Value)])));
                break;
            case "about":
                var version = typeof(CellMagics).Assembly.GetName().Version!.ToString(3);
                Show(MimeBundle.Raw(
                    $"C# notebook host {version}\n{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}",
                    MimeBundle.PlainTextType));
                break;
            case "lsmagic":
                var magics = MagicNames.Shown.Concat(MagicNames.Actions).OrderBy(magic => magic.Key, StringComparer.Ordinal);
                Show(Table(["Magic", "Does"], magics.Select(magic => (string[])["#!" + magic.Key, magic.Value])));
                break;
            case "set" when SharesWithin().IsMatch(step.Arguments) && !step.Arguments.Contains("--mime-type", StringComparison.Ordinal):
                // within one kernel, a copy through JSON would lose the type
                await SendAsync($"#!set {step.Arguments} --byref", stop).ConfigureAwait(false);
                break;
            default:
                if (!kernels.Knows(step.Name))
                {
                    throw new MagicException(
                        $"Unknown magic command '#!{step.Name}'; did you mean #!{MagicNames.Nearest(step.Name)}? #!lsmagic lists all");
                }
                await SendAsync($"#!{step.Name} {step.Arguments}".TrimEnd(), stop).ConfigureAwait(false);
                break;
        }
    }

    /// <exception cref="MagicException">The framework rejected the command.</exception>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    private async Task SendAsync(string code, CancellationToken stop)
    {
        kernels.InputRefused = null;
        var result = await kernels.Root.SendAsync(new SubmitCode(code), stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (result.Events.OfType<CommandFailed>().LastOrDefault() is { } failed)
            throw new MagicException(kernels.InputRefused?.Message ?? Reason(result.Events, failed));
    }

    private static string Reason(IReadOnlyList<KernelEvent> events, CommandFailed failed)
    {
        // the positions in the framework's diagnostics are not positions in the cell
        var diagnostics = events.OfType<DiagnosticsProduced>().SelectMany(produced => produced.Diagnostics).Select(diagnostic => diagnostic.Message).Distinct().ToList();
        if (diagnostics.Count > 0)
            return string.Join('\n', diagnostics);
        return failed.Exception is { } error ? Errors.Unwrap(error).Message : Diagnostic().Replace(failed.Message, "");
    }

    private void Show(MimeBundle bundle) => output.Display(Guid.NewGuid().ToString("N"), bundle);

    private static MimeBundle Table(string[] header, IEnumerable<string[]> rows)
    {
        var table = new TableView(header, [.. rows]);
        return new MimeBundle([KeyValuePair.Create("text/html", table.Html()), KeyValuePair.Create(MimeBundle.PlainTextType, table.PlainText())]);
    }

    [GeneratedRegex(@"@(csharp|c#|C#):")]
    private static partial Regex SharesWithin();

    [GeneratedRegex(@"^\(\d+,\d+\): error DNI\d+: ", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();
}
