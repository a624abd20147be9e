namespace DeepLearning.Charts;

/// <summary>The number of values in each of several adjacent bins. Histograms in one panel overlap.</summary>
public sealed record Histogram : Trace
{
    /// <summary>Initializes a new instance from counts.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="edges">The edges of the bins, in ascending order; one more than the number of counts.</param>
    /// <param name="counts">The number of values in each bin.</param>
    /// <exception cref="ArgumentException">The number of edges is not the number of counts plus one, or the edges do not ascend.</exception>
    public Histogram(string name, IReadOnlyList<double> edges, IReadOnlyList<double> counts)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(counts);
        if (edges.Count != counts.Count + 1)
        {
            throw new ArgumentException(
                $"Trace '{name}' has {counts.Count} counts and needs {counts.Count + 1} edges, but it has {edges.Count}.", nameof(edges));
        }
        if (edges.Zip(edges.Skip(1)).Any(bin => !(bin.First < bin.Second)))
            throw new ArgumentException($"The edges of trace '{name}' are not in ascending order.", nameof(edges));
        (Edges, Values) = (edges, counts);
    }

    /// <summary>Gets the edges of the bins.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>Gets the number of values in each bin.</summary>
    public override IReadOnlyList<double> Values { get; }
}
