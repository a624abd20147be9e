using System.Diagnostics.CodeAnalysis;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>Makes a cell's outputs of the framework's events.</summary>
/// <param name="output">Takes the outputs.</param>
internal sealed class KernelOutputs(ICellSink output) : IObserver<KernelEvent>
{
    /// <summary>The text that is being published as an event and has been taken already.</summary>
    [ThreadStatic]
    private static KernelEvent? _taken;

    /// <summary>Publishes an event of text that <paramref name="kernel"/>'s output has taken already.</summary>
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
            // a refused input is reported by the code that asked
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
        // the framework's subjects do not fail
    }

    private static string Text(DisplayEvent text) => string.Concat(text.FormattedValues.Take(1).Select(value => value.Value));
}
