namespace DeepLearning.Charts;

/// <summary>Bars over categories; the bars of several traces stand side by side in each.</summary>
public sealed record Bar : Trace
{
    /// <summary>Creates a series of bars.</summary>
    /// <exception cref="ArgumentException">There are not as many values as categories.</exception>
    public Bar(string name, IReadOnlyList<string> categories, IReadOnlyList<double> values)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(values);
        if (categories.Count != values.Count)
            throw new ArgumentException($"Trace '{name}' has {categories.Count} categories and {values.Count} values.", nameof(values));
        Categories = categories;
        Values = values;
    }

    /// <summary>Gets the names of the bars.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Gets the heights of the bars; NaN and infinities leave gaps.</summary>
    public override IReadOnlyList<double> Values { get; }
}
