using Microsoft.Data.Analysis;

namespace DeepLearning.Tables;

/// <summary>
/// Extends tables with a display for people: numbers rounded to four digits and aligned to the right, nulls shown, the first and last rows of
/// a long table with a note of its size. Notebooks show tables this way by themselves.
/// </summary>
public static class TableDisplay
{
    internal const int RowsInHtml = 100;
    internal const int RowsInText = 25;

    extension(DataFrame frame)
    {
        /// <summary>Returns the table as aligned text. Columns beyond 120 characters follow below the others.</summary>
        /// <param name="maxRows">The number of rows that are shown at most: the first and the last ones; 25 by default.</param>
        public string ToText(long maxRows = RowsInText) => TextTable.Render(TablePreview.Of(frame, maxRows));

        /// <summary>Returns the table as html that takes its colors from the page.</summary>
        /// <param name="maxRows">The number of rows that are shown at most: the first and the last ones; 100 by default.</param>
        public string ToHtml(long maxRows = RowsInHtml) => HtmlTable.Render(TablePreview.Of(frame, maxRows));
    }
}
