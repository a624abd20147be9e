using Microsoft.Data.Analysis;

namespace DeepLearning.Tables;

/// <summary>
/// Extends tables with a readable display: numbers rounded to four digits and right-aligned, visible nulls, and the first and last rows of a long
/// table with its size. Notebooks use it to display tables.
/// </summary>
public static class TableDisplay
{
    internal const int RowsInHtml = 100;
    internal const int RowsInText = 25;

    extension(DataFrame frame)
    {
        /// <summary>Returns the table as aligned text. Columns beyond 120 characters are wrapped below the others.</summary>
        /// <param name="maxRows">The maximum number of displayed rows, the first and the last ones; 25 by default.</param>
        public string ToText(long maxRows = RowsInText) => TextTable.Render(TablePreview.Of(frame, maxRows));

        /// <summary>Returns the table as HTML with the colors of the page.</summary>
        /// <param name="maxRows">The maximum number of displayed rows, the first and the last ones; 100 by default.</param>
        public string ToHtml(long maxRows = RowsInHtml) => HtmlTable.Render(TablePreview.Of(frame, maxRows));
    }
}
