namespace DeepLearning.Charts;

/// <summary>One series of a figure.</summary>
public abstract record Trace
{
    private protected Trace(string name) => Name = name;

    /// <summary>Gets the name in the legend.</summary>
    public string Name { get; init; }

    /// <summary>Gets the index of the panel that the trace is drawn in, from the left.</summary>
    /// <value>Defaults to 0.</value>
    public int Panel { get; init; }

    /// <summary>Gets the colour, in CSS notation.</summary>
    /// <value>Defaults to the next of <see cref="Palette"/>: traces of one name share a colour.</value>
    public string? Color { get; init; }

    /// <summary>Gets the name of the trace's group. The traces of a group are shown and hidden together.</summary>
    /// <value>Defaults to null: the trace stands alone.</value>
    public string? Group { get; init; }

    /// <summary>Gets whether the legend lists the trace.</summary>
    /// <value>Defaults to true.</value>
    public bool ShowInLegend { get; init; } = true;

    /// <summary>Gets the values on the vertical axis; NaN and infinities leave gaps.</summary>
    public abstract IReadOnlyList<double> Values { get; }
}
