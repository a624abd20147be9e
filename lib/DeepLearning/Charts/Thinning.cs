namespace DeepLearning.Charts;

/// <summary>Leaves out points of long series that would not be visible.</summary>
internal static class Thinning
{
    /// <summary>Returns the positions of about <paramref name="most"/> points at most: the lowest and the highest of each section, so that spikes stay, and one gap.</summary>
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
