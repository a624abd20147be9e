using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws a picture: its parts from left to right, in rows that fit a page.</summary>
internal static class PictureSvg
{
    private const double PageWidth = 800;
    private const double Gap = 18;
    private const double SignSize = 20;

    internal static XElement Draw(Picture picture)
    {
        var shared = new PictureColors(picture.Parts.OfType<TensorPart>().Where(part => part.Labels is not null).SelectMany(part => part.Values));
        var drawn = new List<XElement>();
        double width = 1, top = 0;
        foreach (var row in Rows(picture.Parts))
        {
            var height = row.Max(part => HeightOf(part));
            double left = 0;
            foreach (var part in row)
            {
                drawn.Add(part is TensorPart tensor
                    ? new PictureGrid(tensor, tensor.Labels is null ? new PictureColors(tensor.Values) : shared).Draw(left, top + ((height - HeightOf(part)) / 2))
                    : Text(((SignPart)part).Text, left + (WidthOf(part) / 2), top + (height / 2) + (PictureGrid.Above / 2) + 6, SignSize));
                left += WidthOf(part) + Gap;
            }
            width = Math.Max(width, left - Gap);
            top += height + Gap;
        }

        var svg = New(
            "svg", ("viewBox", $"0 0 {Place(width)} {Place(top)}"), ("width", width), ("height", top), ("style", "max-width:100%;height:auto"),
            ("role", "img"), ("aria-label", Heading(picture)), ("font-family", "system-ui, sans-serif"), ("fill", Palette.Neutral));
        svg.Add(Title(Heading(picture)));
        svg.Add(drawn);
        return svg;
    }

    private static IEnumerable<List<PicturePart>> Rows(IEnumerable<PicturePart> parts)
    {
        var row = new List<PicturePart>();
        double width = 0;
        foreach (var part in parts)
        {
            if (row.Count > 0 && (part is RowEnd || width + WidthOf(part) > PageWidth))
            {
                yield return row;
                (row, width) = ([], 0);
            }
            if (part is RowEnd)
                continue;
            row.Add(part);
            width += WidthOf(part) + Gap;
        }
        if (row.Count > 0)
            yield return row;
    }

    private static double WidthOf(PicturePart part) => part is TensorPart tensor
        ? PictureGrid.WidthOf(tensor)
        : SvgElement.WidthOf(((SignPart)part).Text, SignSize);

    private static double HeightOf(PicturePart part) => part is TensorPart tensor ? PictureGrid.HeightOf(tensor) : SignSize;

    private static string Heading(Picture picture) =>
        string.Join(" ", picture.Parts.Select(part => part is TensorPart tensor ? tensor.Heading : part.ToString()).Where(text => text!.Length > 0));
}
