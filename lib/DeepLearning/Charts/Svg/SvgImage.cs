using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws an image and its captions as large as possible.</summary>
internal static class SvgImage
{
    internal static XElement Draw(Image picture, Area area)
    {
        var scale = Math.Min(area.Width / picture.Width, area.Height / picture.Height);
        var (left, top) = (area.Center - picture.Width * scale / 2, area.Top);
        var trace = New("g", ("class", "trace"), ("data-name", picture.Name));
        trace.Add(New(
            "image",
            ("x", left),
            ("y", top),
            ("width", picture.Width * scale),
            ("height", picture.Height * scale),
            ("href", picture.DataUri),
            ("style", "image-rendering:pixelated")));
        foreach (var caption in picture.Captions)
        {
            var text = Text(caption.Text, left + caption.X * scale, top + caption.Y * scale + 4, Image.CaptionSize);
            text.SetAttributeValue("class", "caption");
            text.SetAttributeValue("fill", caption.Color);
            trace.Add(text);
        }

        return trace;
    }
}
