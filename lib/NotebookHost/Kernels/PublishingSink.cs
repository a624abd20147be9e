using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>Hands outputs on, and publishes console text as the framework's events for those who subscribe to a kernel.</summary>
/// <param name="sink">Takes the outputs.</param>
/// <param name="kernel">The kernel that publishes.</param>
internal sealed class PublishingSink(ICellSink sink, CellKernel kernel) : ICellSink
{
    public void Stream(ConsoleChannel stream, string text)
    {
        sink.Stream(stream, text);
        KernelOutputs.PublishTaken(kernel, stream, text);
    }

    public void Display(string displayId, MimeBundle bundle) => sink.Display(displayId, bundle);

    public void Update(string displayId, MimeBundle bundle) => sink.Update(displayId, bundle);

    public void Result(MimeBundle bundle) => sink.Result(bundle);

    public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation) => sink.ReadInputAsync(prompt, isPassword, cancellation);
}
