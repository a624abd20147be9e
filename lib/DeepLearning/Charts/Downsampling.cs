namespace DeepLearning.Charts;

/// <summary>Downsamples long series for drawing.</summary>
internal static class Downsampling
{
    /// <summary>
    ///  Returns the indices of at most about <paramref name="most"/> points: the minimum and the maximum of each section, which keeps spikes, and one
    /// gap.
    ///  </summary>
    internal static IEnumerable<int> Keep(IReadOnlyList<double> values, int most)
    {
        if (values.Count <= most)
            return Enumerable.Range(0, values.Count);

        var stretches = Math.Max(1, most / 3);
        return Enumerable.Range(0, stretches)
            .SelectMany(i => Extremes(values, (int)((long)i * values.Count / stretches), (int)((long)(i + 1) * values.Count / stretches)))
            .Append(values.Count - 1)
            .Distinct()
            .Order();
    }

    private static List<int> Extremes(IReadOnlyList<double> values, int start, int end)
    {
        var stretch = Enumerable.Range(start, end - start).ToLookup(i => double.IsFinite(values[i]));
        var kept = stretch[false].Take(1).ToList();
        if (stretch[true].Any())
            kept.AddRange([stretch[true].MinBy(i => values[i]), stretch[true].MaxBy(i => values[i])]);
        return kept;
    }
}
