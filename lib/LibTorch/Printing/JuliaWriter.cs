using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Printing;

/// <summary>Matrix by matrix, in columns aligned to the right; lines that are too long end in an ellipsis.</summary>
internal sealed class JuliaWriter(Tensor tensor, PrintOptions options, CultureInfo culture) : TensorWriter(tensor, options, culture)
{
    // beyond these, nobody reads on, and a notebook would not open any more
    private const int MostRows = 1000;
    private const string Ellipsis = "...";

    private int _rows;

    protected override void Write(StringBuilder text)
    {
        text.Append(Header);
        if (Sizes.Length == 0)
        {
            text.Append(", value = ").Append(Element(0));
            return;
        }
        text.Append(Options.NewLine);
        if (Sizes.Length == 1)
            WriteMatrix(text, 0, 1, Sizes[0]);
        else
            WriteSlices(text, 0, 0, []);
    }

    private void WriteSlices(StringBuilder text, int dim, long offset, IReadOnlyList<long> position)
    {
        if (dim == Sizes.Length - 2)
        {
            if (position.Count > 0)
            {
                // a blank line stands between slices
                text.Append(_rows > 0 ? Options.NewLine : "");
                text.Append(CultureInfo.InvariantCulture, $"[{string.Join(",", position)},..,..] =").Append(Options.NewLine);
            }
            WriteMatrix(text, offset, Sizes[dim], Sizes[dim + 1]);
            return;
        }
        for (var i = 0L; i < Sizes[dim] && _rows < MostRows; i++)
            WriteSlices(text, dim + 1, offset + (i * Step(dim)), [.. position, i]);
        if (dim == 0 && _rows >= MostRows)
            text.Append(Ellipsis).Append(Options.NewLine);
    }

    private void WriteMatrix(StringBuilder text, long offset, long rows, long columns)
    {
        var shown = (int)Math.Min(rows, MostRows);
        var cells = Enumerable.Range(0, shown).Select(row => Fitting(offset + (row * columns), columns)).ToList();
        var count = cells.Count == 0 ? 0 : cells.Min(row => row.Count);
        int[] widths = [.. Enumerable.Range(0, count).Select(column => cells.Max(row => row[column].Length))];
        foreach (var row in cells)
        {
            for (var column = 0; column < count; column++)
                text.Append(' ').Append(row[column].PadLeft(widths[column]));
            text.Append(count < columns ? " " + Ellipsis : "").Append(Options.NewLine);
        }
        if (shown < rows && Sizes.Length <= 2)
            text.Append(' ').Append(Ellipsis).Append(Options.NewLine);
        _rows += shown;
    }

    /// <summary>As many elements of a row as a line holds, with room for the ellipsis.</summary>
    private List<string> Fitting(long offset, long columns)
    {
        List<string> cells = [];
        var room = Options.LineWidth - Ellipsis.Length - 1;
        for (var column = 0L; column < columns; column++)
        {
            var cell = Element(offset + column);
            if (cell.Length > room)
                break;
            cells.Add(cell);
            room -= cell.Length + 1;
        }
        return cells;
    }
}
