using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Kernels;

/// <summary>Lets text that already is of a mime type, such as Markdown or SVG, be displayed as it.</summary>
internal static class RawText
{
    /// <summary>Registers a formatter that writes text unchanged, unless there is a formatter for the mime type. An update of a value that
    /// <c>DisplayAs</c> showed would otherwise fail.</summary>
    public static void Allow(string mimeType)
    {
        try
        {
            Formatter.GetPreferredFormatterFor(typeof(string), mimeType);
        }
        catch (ArgumentException)
        {
            Formatter.Register<object>((value, writer) => writer.Write(value), mimeType);
        }
    }
}
