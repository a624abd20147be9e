using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;
using NotebookHost.Display.Values;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// Publishes the values of <c>display</c>, <c>Display</c>, <c>DisplayAs</c> and <see cref="DisplayedValue.Update"/> as events of the kernel.
/// </summary>
/// <remarks>
/// This handler replaces the framework's handler, which has two defects. It writes values from threads that outlive their cell to the console. And
/// <c>display</c> returns an object with another id than the object in the event, so that updates never find their output. The two objects
/// share their formatted values: this handler associates the id with the string object of the MIME type, which an update copies from them. That string is
/// <see cref="Deferred"/>, for which <see cref="DisplayedValue.Update"/> finds a formatter that writes nothing: the value is formatted here, where an
/// exception of a formatter leads to the next formatter.
/// </remarks>
internal static class DisplayedValues
{
    private const string Deferred = DefaultFormatters.Deferred;

    private static readonly ConditionalWeakTable<string, Origin> _origins = [];
    private static volatile CellKernel? _current;

    static DisplayedValues()
    {
        // the framework registers its handler in the type initializer, so the type is used before this handler replaces it
        RuntimeHelpers.RunClassConstructor(typeof(Kernel).TypeHandle);
        FrameworkInternals.HandleDisplayedValues(Handle);
        // the first script of the session finds the object by this name
        AppContext.SetData("NotebookHost.FailedDisplay", (Func<object?, string[], Exception, DisplayedValue>)ShowFailed);
    }

    /// <summary>Gets or sets the kernel whose cell runs or ran last.</summary>
    public static CellKernel? Current
    {
        get => _current;
        set => _current = value;
    }

    private static void Handle(DisplayedValue displayed)
    {
        if (_current is not { } kernel)
            Formatter.WriteToConsole(displayed);
        else if (displayed.IsUpdated)
            Update(displayed, kernel);
        else
            // a cell that is being aborted completes this call
            CellExecution.RunUninterrupted(() => Produce(displayed, kernel));
    }

    /// <summary>Displays a value whose formatter threw an exception, in the remaining representations.</summary>
    private static DisplayedValue ShowFailed(object? value, string[] mimeTypes, Exception error)
    {
        if (CellStop.IsRequested)
            ExceptionDispatchInfo.Throw(error);
        var values = Formatted(value, mimeTypes.Length > 0 ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType()));
        if (values.Count == 0)
            ExceptionDispatchInfo.Throw(error);
        Handle(new DisplayedValue(value, values));
        return new DisplayedValue(value, values);
    }

    /// <summary>Returns the representations of a value that can be formatted.</summary>
    private static List<FormattedValue> Formatted(object? value, IEnumerable<string> mimeTypes)
    {
        var values = new List<FormattedValue>();
        foreach (var mimeType in mimeTypes)
        {
            try
            {
                values.Add(new FormattedValue(mimeType, Bundler.Format(value, mimeType)));
            }
#pragma warning disable CA1031 // a formatter is code of the notebook; the other representations are shown
            catch (Exception error) when (error is not OperationCanceledException && !CellStop.IsRequested)
#pragma warning restore CA1031
            {
                continue;
            }
        }
        return values;
    }

    private static void Produce(DisplayedValue displayed, CellKernel kernel)
    {
        IReadOnlyList<FormattedValue> values = [.. displayed.FormattedValues.Select(Copy)];
        if (values.Count > 0)
        {
            var isRaw = values is [var only] && displayed.Value is string text && ReferenceEquals(text, only.Value);
            // an update requests each of these; one is sufficient
            foreach (var value in displayed.FormattedValues)
                FrameworkInternals.MimeTypeOf(value) = Deferred;
            ref var mimeType = ref FrameworkInternals.MimeTypeOf(displayed.FormattedValues[0]);
            mimeType = new string(mimeType);
            _origins.Add(mimeType, new Origin(displayed.DisplayId, isRaw, [.. values.Select(value => value.MimeType)]));
        }
        var context = KernelInvocationContext.Current;
        var command = context is { IsComplete: false } ? context.Command : kernel.LastCommand;
        var produced = new DisplayedValueProduced(displayed.Value, command, values, displayed.DisplayId);
        if (context is { IsComplete: false })
            context.Publish(produced);
        else
            kernel.Publish(produced);
    }

    private static void Update(DisplayedValue displayed, CellKernel kernel)
    {
        var values = displayed.FormattedValues;
        var id = displayed.DisplayId;
        if (values is [var first, ..] && _origins.TryGetValue(first.MimeType, out var origin))
        {
            id = origin.DisplayId;
            // the value of DisplayAs is already text of its MIME type, such as Markdown or SVG
            values = origin.IsRaw ? [new FormattedValue(origin.MimeTypes[0], displayed.Value?.ToString() ?? "")] : Formatted(displayed.Value, origin.MimeTypes);
            if (values.Count == 0)
                values = [new FormattedValue(DefaultFormatters.Plain, Bundler.Format(displayed.Value, DefaultFormatters.Plain))];
        }
        var command = KernelInvocationContext.Current?.Command ?? kernel.LastCommand;
        // not through the context, which would store all updates of a cell until its end
        CellExecution.RunUninterrupted(() => kernel.Publish(new DisplayedValueUpdated(displayed.Value, id, command, values)));
    }

    private static FormattedValue Copy(FormattedValue value) => new(value.MimeType, value.Value) { SuppressDisplay = value.SuppressDisplay };

    private sealed record Origin(string DisplayId, bool IsRaw, IReadOnlyList<string> MimeTypes);
}
