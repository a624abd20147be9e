using DeepLearning.Display;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tables;

/// <summary>Registers formatters of tables with the notebook kernel of this process.</summary>
internal static class NotebookTables
{
    private static readonly (string MimeType, Func<object, string> Render)[] _formatters =
    [
        ("text/html", value => HtmlTable.Render(Preview(value, TableDisplay.RowsInHtml))),
        ("text/plain", value => TextTable.Render(Preview(value, TableDisplay.RowsInText))),
    ];

    /// <summary>Registers the formatters if a kernel is loaded.</summary>
    public static void Register()
    {
        KernelFormatters.Register(typeof(DataFrame), _formatters);
        KernelFormatters.Register(typeof(DataFrameColumn), _formatters);
    }

    /// <summary>Registers the formatters with a class that has the members of <c>Formatter</c>.</summary>
    public static void Register(Type formatter)
    {
        KernelFormatters.Register(formatter, typeof(DataFrame), _formatters);
        KernelFormatters.Register(formatter, typeof(DataFrameColumn), _formatters);
    }

    private static TablePreview Preview(object value, int maxRows) =>
        value is DataFrame frame ? TablePreview.Of(frame, maxRows) : TablePreview.Of((DataFrameColumn)value, maxRows);
}
