using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// Publishes what <c>display</c>, <c>Display</c>, <c>DisplayAs</c> and <see cref="DisplayedValue.Update"/> are given as events of the kernel.
/// </summary>
/// <remarks>
/// It takes the place of the framework's own handler, which has two faults. Values from threads that outlive their cell are written to the console. And
/// <c>display</c> returns another object than the one that the event has, with another id, so that updates never find their output. The two objects
/// have their formatted values in common: the id is remembered by the mime type's string object, which an update takes over from them.
/// </remarks>
internal static class DisplayedValues
{
    private static readonly ConditionalWeakTable<string, Origin> _origins = [];
    private static volatile CellKernel? _current;

    static DisplayedValues()
    {
        // the framework's handler is there once its type has been used; this one replaces it
        RuntimeHelpers.RunClassConstructor(typeof(Kernel).TypeHandle);
        FrameworkInternals.HandleDisplayedValues(Handle);
        // the name by which the session's first script finds it
        AppContext.SetData("NotebookHost.FailedDisplay", (Func<object?, string[], Exception, DisplayedValue>)ShowFailed);
    }

    /// <summary>Gets or sets the kernel whose cell runs or ran last.</summary>
    public static CellKernel? Current
    {
        get => _current;
        set => _current = value;
    }

    // whole: a cell that is being aborted finishes it
    private static void Handle(DisplayedValue displayed) => CellExecution.Shield(() =>
    {
        if (_current is not { } kernel)
        {
            Formatter.WriteToConsole(displayed);
            return;
        }
        if (displayed.IsUpdated)
            Update(displayed, kernel);
        else
            Produce(displayed, kernel);
    });

    /// <summary>Displays a value whose formatter has thrown, in the representations that can be had.</summary>
    private static DisplayedValue ShowFailed(object? value, string[] mimeTypes, Exception error)
    {
        var values = new List<FormattedValue>();
        foreach (var mimeType in mimeTypes.Length > 0 ? mimeTypes : [.. Formatter.GetPreferredMimeTypesFor(value?.GetType())])
        {
            try
            {
                values.Add(new FormattedValue(mimeType, Bundler.Format(value, mimeType)));
            }
#pragma warning disable CA1031 // a formatter is the notebook's code; the other representations are shown
            catch (Exception another) when (another is not (ThreadInterruptedException or OperationCanceledException))
#pragma warning restore CA1031
            {
                continue;
            }
        }
        if (values.Count == 0)
            ExceptionDispatchInfo.Throw(error);
        Handle(new DisplayedValue(value, values));
        return new DisplayedValue(value, values);
    }

    private static void Produce(DisplayedValue displayed, CellKernel kernel)
    {
        if (displayed.FormattedValues is [var first, ..])
        {
            var isRaw = displayed.FormattedValues.Count == 1 && displayed.Value is string text && ReferenceEquals(text, first.Value);
            if (isRaw)
                RawText.Allow(first.MimeType);
            ref var mimeType = ref FrameworkInternals.MimeTypeOf(first);
            mimeType = new string(mimeType);
            _origins.Add(mimeType, new Origin(displayed.DisplayId, isRaw));
        }
        var context = KernelInvocationContext.Current;
        var command = context is { IsComplete: false } ? context.Command : kernel.LastCommand;
        var produced = new DisplayedValueProduced(displayed.Value, command, displayed.FormattedValues, displayed.DisplayId);
        if (context is { IsComplete: false })
            context.Publish(produced);
        else
            kernel.Publish(produced);
    }

    // not through the context, which would keep all updates of a cell until its end
    private static void Update(DisplayedValue displayed, CellKernel kernel)
    {
        var values = displayed.FormattedValues;
        var id = displayed.DisplayId;
        if (values is [var first, ..] && _origins.TryGetValue(first.MimeType, out var origin))
        {
            id = origin.DisplayId;
            if (origin.IsRaw)
                values = [new FormattedValue(first.MimeType, displayed.Value?.ToString() ?? "")];
        }
        var command = KernelInvocationContext.Current?.Command ?? kernel.LastCommand;
        kernel.Publish(new DisplayedValueUpdated(displayed.Value, id, command, values));
    }

    private sealed record Origin(string DisplayId, bool IsRaw);
}
