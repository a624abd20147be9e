using System.Globalization;

namespace DeepLearning.Charts;

/// <summary>Sets the properties of Plotly.NET's objects by the names that plotly.js gives them.</summary>
internal static class PlotlyValues
{
    internal static T With<T>(this T target, string name, object? value)
        where T : DynamicObj.DynamicObj
    {
        if (value is not null)
            target.SetProperty(name, value);
        return target;
    }

    /// <summary>Puts names at 0, 1, 2, … of an axis.</summary>
    internal static T WithLabels<T>(this T axis, IReadOnlyList<string> labels)
        where T : DynamicObj.DynamicObj => axis
            .With("tickvals", Enumerable.Range(0, labels.Count).ToArray())
            .With("ticktext", labels.Select(Plain).ToArray());

    /// <summary>Returns numbers as plotly.js reads them: what is not finite is null, which leaves a gap.</summary>
    internal static double?[] Numbers(IEnumerable<double> values) => [.. values.Select(value => double.IsFinite(value) ? value : (double?)null)];

    /// <summary>Returns text that plotly.js, which reads text as a kind of html, shows as it is.</summary>
    internal static string Plain(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Returns the name of a panel's axis: "x", "x2", "x3".</summary>
    internal static string Id(string axis, int panel) => panel == 0 ? axis : axis + (panel + 1).ToString(CultureInfo.InvariantCulture);
}
