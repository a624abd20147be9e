using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using NotebookHost.Display;

namespace NotebookHost.Kernels;

/// <summary>A kernel of the framework that shows its code as Markdown or as a Mermaid diagram.</summary>
internal sealed class TextKernel : Kernel, IKernelCommandHandler<SubmitCode>
{
    private readonly Func<string, MimeBundle> _show;

    /// <param name="name">The kernel's name.</param>
    /// <param name="language">The language's name.</param>
    /// <param name="show">A function that converts the code to an output.</param>
    public TextKernel(string name, string language, Func<string, MimeBundle> show)
        : base(name)
    {
        KernelInfo.LanguageName = language;
        KernelInfo.Description = $"Shows {language}";
        _show = show;
    }

    Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Publish(new DisplayedValueProduced(command.Code, command, _show(command.Code).ToFormattedValues(), Guid.NewGuid().ToString("N")));
        return Task.CompletedTask;
    }
}
