using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using NotebookHost.Display;
using NotebookHost.Display.Values;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>Does what a cell's <c>#!</c> lines ask for: by the framework's kernels and directives, as far as it has them.</summary>
internal sealed partial class CellMagics(KernelTree kernels, CellOutput output)
{
    /// <summary>Runs a part of a cell that is in another language than C#.</summary>
    /// <exception cref="MagicException">It cannot be run.</exception>
    public async Task RunAsync(TextStep step, CancellationToken stop)
    {
        if (MagicNames.Foreign.TryGetValue(step.Language, out var language) && !kernels.IsKernel(step.Language))
            throw new MagicException($"This host runs C#; a part of a cell in {language} needs another. Leave it out, or write it in C#");
        await SendAsync($"#!{step.Language} {step.Arguments}".TrimEnd() + "\n" + step.Text, stop).ConfigureAwait(false);
    }

    /// <summary>Does what a line asks for.</summary>
    /// <exception cref="MagicException">It cannot be done.</exception>
    public async Task RunAsync(MagicStep step, CancellationToken stop)
    {
        switch (step.Name)
        {
            case MagicNames.Rerun:
                // the front end's process takes it from the first line of a cell
                throw new MagicException("#!rerun stands on the first line of a cell in Jupyter, where a session can be lost; here there is nothing to run again");
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
                // within one kernel a copy by way of JSON would lose the type
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

    /// <exception cref="MagicException">The framework refused it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
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
        // the framework lists diagnostics without a place that means anything in the cell
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
