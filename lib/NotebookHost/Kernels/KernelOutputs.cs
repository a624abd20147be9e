using System.Diagnostics.CodeAnalysis;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>Converts events of the framework to outputs of cells.</summary>
/// <param name="output">The receiver of the outputs.</param>
internal sealed class KernelOutputs(ICellSink output) : IObserver<KernelEvent>
{
    /// <summary>The text that is being published as an event and that the output has already received.</summary>
    [ThreadStatic]
    private static KernelEvent? _taken;

    /// <summary>Publishes an event of text that <paramref name="kernel"/>'s output has already received.</summary>
    public static void PublishTaken(CellKernel kernel, ConsoleChannel channel, string text)
    {
        FormattedValue[] values = [new("text/plain", text)];
        _taken = channel == ConsoleChannel.Output
            ? new StandardOutputValueProduced(kernel.LastCommand, values)
            : new StandardErrorValueProduced(kernel.LastCommand, values);
        try
        {
            kernel.Publish(_taken);
        }
        finally
        {
            _taken = null;
        }
    }

    public void OnNext(KernelEvent value)
    {
        switch (value)
        {
            case StandardOutputValueProduced text when text != _taken:
                output.Stream(ConsoleChannel.Output, Text(text));
                break;
            case StandardErrorValueProduced text when text != _taken:
                output.Stream(ConsoleChannel.Error, Text(text));
                break;
            case DisplayedValueProduced displayed:
                output.Display(displayed.ValueId ?? Guid.NewGuid().ToString("N"), Bundler.From(displayed.Value, displayed.FormattedValues));
                break;
            case DisplayedValueUpdated updated:
                output.Update(updated.ValueId, Bundler.From(updated.Value, updated.FormattedValues));
                break;
            case ReturnValueProduced returned:
                output.Result(Bundler.From(returned.Value, returned.FormattedValues));
                break;
            // the code that requested input reports the rejection
            case ErrorProduced { Command: not (RequestInput or RequestInputs) } error:
                output.Stream(ConsoleChannel.Error, error.Message.TrimEnd() + "\n");
                break;
        }
    }

    public void OnCompleted()
    {
        // the session is closed
    }

    [ExcludeFromCodeCoverage]
    public void OnError(Exception error)
    {
        // the framework's subjects do not report errors
    }

    private static string Text(DisplayEvent text) => string.Concat(text.FormattedValues.Take(1).Select(value => value.Value));
}
