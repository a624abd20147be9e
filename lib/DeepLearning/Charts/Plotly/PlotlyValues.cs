using System.Globalization;

namespace DeepLearning.Charts;

/// <summary>Sets properties of Plotly.NET's objects by their names in plotly.js.</summary>
internal static class PlotlyValues
{
    internal static T With<T>(this T target, string name, object? value)
        where T : DynamicObj.DynamicObj
    {
        if (value is not null)
            target.SetProperty(name, value);
        return target;
    }

    /// <summary>Sets labels at 0, 1, 2, … of an axis.</summary>
    internal static T WithLabels<T>(this T axis, IReadOnlyList<string> labels)
        where T : DynamicObj.DynamicObj => axis
            .With("tickvals", Enumerable.Range(0, labels.Count).ToArray())
            .With("ticktext", labels.Select(Plain).ToArray());

    /// <summary>Returns numbers for plotly.js, with null for values that are not finite, which leaves a gap.</summary>
    internal static double?[] Numbers(IEnumerable<double> values) => [.. values.Select(value => double.IsFinite(value) ? value : (double?)null)];

    /// <summary>Returns text that plotly.js displays unchanged, although it interprets text as a subset of HTML.</summary>
    internal static string Plain(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Returns the ID of a panel's axis: "x", "x2", "x3".</summary>
    internal static string Id(string axis, int panel) => panel == 0 ? axis : axis + (panel + 1).ToString(CultureInfo.InvariantCulture);
}
