using System.Net;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using NotebookHost.Display;
using NotebookHost.Display.Values;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// The kernels of a session in the framework: C# with this host's engine, HTML, JavaScript and stored values of the framework, Markdown and Mermaid
/// of this host. Packages can add others.
/// </summary>
internal sealed class KernelTree : IDisposable
{
    /// <param name="engine">The engine that runs C# code.</param>
    /// <param name="ask">A function that asks the user for a line of text, with a prompt, whether the input is a password, and a cancellation token.</param>
    public KernelTree(CellEngine engine, Func<string, bool, CancellationToken, Task<string>> ask)
    {
        CellStop.Use(CellExecution.RunUninterrupted, () => CellExecution.IsStoppingHere);
        DefaultFormatters.Register();
        CSharp = new CellKernel(engine).UseValueSharing().UseWho();
        Root = new CompositeKernel { DefaultKernelName = CellKernel.DefaultName };
        Root.Add(CSharp, ["c#", "C#"]);
        Root.Add(new HtmlKernel());
        Root.Add(new JavaScriptKernel(), ["js"]);
        Root.Add(new KeyValueStoreKernel().UseWho());
        Root.Add(new TextKernel("markdown", "Markdown", text => MimeBundle.Raw(text, "text/markdown")), ["md"]);
        Root.Add(new TextKernel("mermaid", "Mermaid", Mermaid));
        Root.UseImportMagicCommand();
        Root.RegisterCommandHandler<RequestInput>((request, context) => AnswerAsync(request, context, ask));
        Root.RegisterCommandHandler<RequestInputs>((request, context) => AnswerAsync(request, context, ask));
        Root.SetDefaultTargetKernelNameForCommand(typeof(RequestInput), Root.Name);
        Root.SetDefaultTargetKernelNameForCommand(typeof(RequestInputs), Root.Name);
    }

    /// <summary>Gets the kernel that contains all others.</summary>
    public CompositeKernel Root { get; }

    /// <summary>Gets the kernel of C#.</summary>
    public CellKernel CSharp { get; }

    /// <summary>Gets or sets the error of the last rejected input request, because the framework does not include it.</summary>
    public InvalidOperationException? InputRefused { get; set; }

    /// <summary>Sends the framework a command without effect, so that the first cell does not wait for the framework to load.</summary>
    public async Task WarmUpAsync() => await Root.SendAsync(new SubmitCode("#!value --name warm-up\n.")).ConfigureAwait(false);

    /// <summary>Returns whether a kernel or a directive has the name; packages can add both.</summary>
    public bool Knows(string name) => IsKernel(name) || IsDirective(Root, name) || IsDirective(CSharp, name);

    /// <summary>Returns whether a kernel has the name or alias.</summary>
    public bool IsKernel(string name) => Root.ChildKernels.Any(kernel => kernel.Name == name || kernel.KernelInfo.Aliases.Contains(name));

    public void Dispose() => Root.Dispose();

    private static bool IsDirective(Kernel kernel, string name)
        => kernel.KernelInfo.SupportedDirectives.Any(directive => directive.Name == "#!" + name);

    private static MimeBundle Mermaid(string diagram) => new(
    [
        KeyValuePair.Create("text/vnd.mermaid", diagram),
        KeyValuePair.Create("text/html", $"<pre class=\"mermaid\">{WebUtility.HtmlEncode(diagram)}</pre>"),
        KeyValuePair.Create(MimeBundle.PlainTextType, diagram),
    ]);

    private async Task AnswerAsync(RequestInput request, KernelInvocationContext context, Func<string, bool, CancellationToken, Task<string>> ask)
    {
        try
        {
            var answer = await ask(request.Prompt ?? "", request.IsPassword, context.CancellationToken).ConfigureAwait(false);
            context.Publish(new InputProduced(answer, request));
        }
        catch (InvalidOperationException error)
        {
            InputRefused = error;
            context.Fail(request, error, error.Message);
        }
    }

    private async Task AnswerAsync(RequestInputs request, KernelInvocationContext context, Func<string, bool, CancellationToken, Task<string>> ask)
    {
        try
        {
            var answers = new Dictionary<string, string>();
            foreach (var input in request.Inputs)
                answers[input.Name] = await ask(input.Prompt, input.TypeHint == "password", context.CancellationToken).ConfigureAwait(false);
            context.Publish(new InputsProduced(answers, request));
        }
        catch (InvalidOperationException error)
        {
            InputRefused = error;
            context.Fail(request, error, error.Message);
        }
    }
}
