namespace DeepLearning.Charts;

/// <summary>One series of a figure.</summary>
public abstract record Trace
{
    private protected Trace(string name) => Name = name;

    /// <summary>What the legend calls it.</summary>
    public string Name { get; init; }

    /// <summary>The panel it is drawn in, counted from the left.</summary>
    /// <value>Defaults to 0.</value>
    public int Panel { get; init; }

    /// <summary>Its colour, as css writes it.</summary>
    /// <value>Defaults to the next of <see cref="Palette"/>: traces of one name share a colour.</value>
    public string? Color { get; init; }

    /// <summary>Traces of one group are switched on and off together.</summary>
    /// <value>Defaults to null: the trace stands alone.</value>
    public string? Group { get; init; }

    /// <summary>Whether the legend lists it.</summary>
    /// <value>Defaults to true.</value>
    public bool ShowInLegend { get; init; } = true;

    /// <summary>The values drawn upward; NaN and infinities leave gaps.</summary>
    public abstract IReadOnlyList<double> Values { get; }
}
