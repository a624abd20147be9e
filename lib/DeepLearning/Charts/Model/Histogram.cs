namespace DeepLearning.Charts;

/// <summary>How many values lie in each of adjoining bins. Histograms in one panel overlap.</summary>
public sealed record Histogram : Trace
{
    /// <summary>A histogram whose values are counted.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="edges">The ends of the bins, rising; one more than there are counts.</param>
    /// <param name="counts">How many values are in each bin.</param>
    /// <exception cref="ArgumentException">There is not one edge more than counts, or edges do not rise.</exception>
    public Histogram(string name, IReadOnlyList<double> edges, IReadOnlyList<double> counts)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(counts);
        if (edges.Count != counts.Count + 1)
        {
            throw new ArgumentException(
                $"Trace '{name}' has {counts.Count} counts, so it needs {counts.Count + 1} edges; it has {edges.Count}.", nameof(edges));
        }
        if (edges.Zip(edges.Skip(1)).Any(bin => !(bin.First < bin.Second)))
            throw new ArgumentException($"The edges of trace '{name}' do not rise.", nameof(edges));
        (Edges, Values) = (edges, counts);
    }

    /// <summary>The ends of the bins.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>How many values are in each bin.</summary>
    public override IReadOnlyList<double> Values { get; }
}
