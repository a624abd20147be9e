using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;

// in System, as .NET Interactive has them: every cell sees them
namespace System;

/// <summary>Showing values from the end of an expression.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value below the cell.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The representations to make; by default those that the value's type prefers.</param>
    /// <returns>The output, which can be updated.</returns>
    /// <exception cref="ArgumentException">No formatter makes one of the mime types.</exception>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => DisplayChannel.Show(value, mimeTypes);

    /// <summary>Shows text that already is what the mime type says: an SVG image, Markdown, JSON.</summary>
    /// <returns>The output, which can be updated with other text.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        return DisplayChannel.Show(value, changed => Bundler.Raw(changed?.ToString() ?? "", mimeType));
    }

    /// <summary>Shows a sequence as a table: a row for each item, a column for each property.</summary>
    /// <returns>The output, which can be updated with another sequence of the same items.</returns>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> source)
        => DisplayChannel.Show(source, changed => TableView.Bundle((IEnumerable<T>)changed!));
}
