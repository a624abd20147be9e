using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Sessions;

namespace NotebookHost.Display;

/// <summary>Hands what the display API is given to the running cell.</summary>
internal static class DisplayChannel
{
    public static ICellSink Sink
        => CellRoute.Current ?? throw new InvalidOperationException("Nothing can be displayed: no cell is running.");

    /// <summary>Displays a value; the same function draws its updates.</summary>
    public static DisplayedValue Show(object? value, Func<object?, MimeBundle> bundle)
    {
        var displayed = new DisplayedValue(Guid.NewGuid().ToString("N"), bundle);
        Sink.Display(displayed.DisplayId, bundle(value));
        return displayed;
    }

    /// <summary>Displays a value by its formatters.</summary>
    public static DisplayedValue Show(object? value, string[] mimeTypes)
    {
        if (mimeTypes.Length > 0)
            return Show(value, changed => Bundler.From(changed, mimeTypes));
        return Show(value, changed => Bundler.From(changed));
    }
}
