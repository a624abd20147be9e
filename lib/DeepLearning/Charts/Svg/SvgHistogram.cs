using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws the bins of a histogram.</summary>
internal static class SvgHistogram
{
    internal static XElement Draw(Histogram histogram, Scale x, Scale y)
    {
        var trace = New("g", ("class", "trace"), ("data-name", histogram.Name), ("fill", histogram.Color!), ("fill-opacity", "0.65"));
        var bottom = y.IsLogarithmic ? y.From : y[0];
        for (var i = 0; i < histogram.Values.Count; i++)
        {
            var count = histogram.Values[i];
            if (!double.IsFinite(count) || count == 0)
                continue;
            var (left, right) = (x[histogram.Edges[i]], x[histogram.Edges[i + 1]]);
            trace.Add(New(
                "rect",
                ("x", left),
                ("y", y[count]),
                ("width", Math.Max(0.5, right - left - 0.5)),
                ("height", bottom - y[count]),
                ("data-x", Exact(histogram.Edges[i])),
                ("data-y", Exact(count))));
        }

        return trace;
    }
}
