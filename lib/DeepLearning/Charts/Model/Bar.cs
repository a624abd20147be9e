namespace DeepLearning.Charts;

/// <summary>Bars for categories; the bars of several traces are grouped by category.</summary>
public sealed record Bar : Trace
{
    /// <summary>Creates a series of bars.</summary>
    /// <exception cref="ArgumentException">The number of values differs from the number of categories.</exception>
    /// <param name="name">The name in the legend.</param>
    /// <param name="categories">The names of the bars.</param>
    /// <param name="values">The heights of the bars; NaN and infinities leave gaps.</param>
    public Bar(string name, IReadOnlyList<string> categories, IReadOnlyList<double> values)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(values);
        if (categories.Count != values.Count)
            throw new ArgumentException($"Trace '{name}' has {categories.Count} categories but {values.Count} values.", nameof(values));
        Categories = categories;
        Values = values;
    }

    /// <summary>Gets the names of the bars.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Gets the heights of the bars; NaN and infinities leave gaps.</summary>
    public override IReadOnlyList<double> Values { get; }
}
