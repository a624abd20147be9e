using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Display.Values;

/// <summary>Writes multidimensional arrays: the shape, and the values as rows.</summary>
internal static class ArrayText
{
    /// <summary>Returns the shape and the rows, as text: "int[2, 3]", then "[ 1, 2, 3 ]" and "[ 4, 5, 6 ]".</summary>
    public static string Plain(Array array)
    {
        var text = new StringBuilder(Shape(array));
        foreach (var (place, rows, more) in Slices(array))
        {
            if (place.Length > 0)
                text.Append('\n').Append(place);
            foreach (var row in rows)
                text.Append('\n').Append("[ ").AppendJoin(", ", row).Append(" ]");
            if (more.Length > 0)
                text.Append('\n').Append(more);
        }
        return text.ToString();
    }

    /// <summary>Returns the shape and the rows as a table.</summary>
    public static string Html(Array array)
    {
        var html = new StringBuilder("<div><code>").Append(WebUtility.HtmlEncode(Shape(array))).Append("</code></div>");
        var type = array.GetType().GetElementType()!;
        var style = TableView.Style(Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum);
        foreach (var (place, rows, more) in Slices(array))
        {
            if (place.Length > 0)
                html.Append("<div><code>").Append(place).Append("</code></div>");
            html.Append("<table><tbody>");
            foreach (var row in rows)
                html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td{style}>{WebUtility.HtmlEncode(cell)}</td>")).Append("</tr>");
            html.Append("</tbody></table>");
            if (more.Length > 0)
                html.Append("<i>").Append(more).Append("</i>");
        }
        return html.ToString();
    }

    /// <summary>Returns the type of the elements and the length of each dimension.</summary>
    public static string Shape(Array array)
    {
        var lengths = Enumerable.Range(0, array.Rank).Select(i => array.GetLength(i).ToString(CultureInfo.InvariantCulture));
        return $"{CSharpNames.Of(array.GetType().GetElementType()!)}[{string.Join(", ", lengths)}]";
    }

    /// <summary>Returns the last two dimensions as rows, for each index of the other dimensions.</summary>
    private static IEnumerable<(string Place, List<List<string>> Rows, string More)> Slices(Array array)
    {
        var limit = Math.Max(1, Formatter.ListExpansionLimit);
        var (height, width) = (array.GetLength(array.Rank - 2), array.GetLength(array.Rank - 1));
        if (array.Length == 0)
            yield break;
        var outer = new int[array.Rank];
        for (var slice = 0; slice < Math.Min(limit, array.Length / (height * width)); slice++)
        {
            var rest = slice;
            for (var dimension = array.Rank - 3; dimension >= 0; dimension--)
                (rest, outer[dimension]) = (rest / array.GetLength(dimension), rest % array.GetLength(dimension));
            var rows = new List<List<string>>();
            for (var row = 0; row < Math.Min(height, limit); row++)
            {
                var cells = new List<string>();
                for (var column = 0; column < Math.Min(width, limit); column++)
                    cells.Add(ShortText.Of(array.GetValue(Index(array, outer, row, column))));
                if (width > limit)
                    cells.Add("...");
                rows.Add(cells);
            }
            var place = array.Rank == 2 ? "" : $"[{string.Join(", ", outer[..^2])}, ..]";
            yield return (place, rows, height > limit ? string.Create(CultureInfo.InvariantCulture, $"... ({height - limit} more)") : "");
        }
    }

    private static int[] Index(Array array, int[] outer, int row, int column)
    {
        int[] index = [.. outer[..^2], row, column];
        for (var i = 0; i < index.Length; i++)
            index[i] += array.GetLowerBound(i);
        return index;
    }
}
