using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// The functions that every C# cell may call without a prefix. Names and meaning are .NET Interactive's, so that the same notebook
/// runs on its kernel.
/// </summary>
public static class Kernel
{
#pragma warning disable IDE1006 // the name that notebooks call
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The representations to make; by default those that the value's type prefers.</param>
    /// <returns>The output, which can be updated.</returns>
    /// <exception cref="ArgumentException">No formatter makes one of the mime types.</exception>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => DisplayChannel.Show(value, mimeTypes);
#pragma warning restore IDE1006

    /// <summary>Text that is html and is shown as such.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Runs a script in the front end.</summary>
    public static void Javascript(string scriptContent)
        => DisplayChannel.Show(HTML($"<script type=\"text/javascript\">{scriptContent}</script>"), ["text/html"]);

    /// <summary>Adds styles to the front end's page.</summary>
    public static void CSS(string content) => DisplayChannel.Show(HTML($"<style>{content}</style>"), ["text/html"]);

    /// <summary>Asks whoever runs the notebook for a line of text.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="typeHint">The kind of answer, for front ends that have inputs of several kinds.</param>
    /// <exception cref="InvalidOperationException">The notebook runs where nobody can answer.</exception>
    public static async Task<string> GetInputAsync(string prompt = "", string typeHint = "text")
        => await AskAsync(prompt, typeHint == "password").ConfigureAwait(false);

    /// <summary>Asks whoever runs the notebook for a secret.</summary>
    /// <exception cref="InvalidOperationException">The notebook runs where nobody can answer.</exception>
    public static async Task<PasswordString> GetPasswordAsync(string prompt = "")
        => new(await AskAsync(prompt, isPassword: true).ConfigureAwait(false));

#pragma warning disable IDE1006 // the names that notebooks call
    /// <summary>Asks whoever runs the notebook for a line of text, and waits.</summary>
    /// <exception cref="InvalidOperationException">The notebook runs where nobody can answer.</exception>
    public static string input(string prompt = "") => AskAsync(prompt, isPassword: false).GetAwaiter().GetResult();

    /// <summary>Asks whoever runs the notebook for a secret, and waits.</summary>
    /// <exception cref="InvalidOperationException">The notebook runs where nobody can answer.</exception>
    public static PasswordString password(string prompt = "") => new(AskAsync(prompt, isPassword: true).GetAwaiter().GetResult());
#pragma warning restore IDE1006

    internal static Task<string> AskAsync(string prompt, bool isPassword)
        => CellInput.AskAsync(DisplayChannel.Sink, prompt, isPassword, KernelInvocationContext.Current?.CancellationToken ?? default);
}
