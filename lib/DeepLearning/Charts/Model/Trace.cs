namespace DeepLearning.Charts;

/// <summary>A series of a figure.</summary>
public abstract record Trace
{
    private protected Trace(string name) => Name = name;

    /// <summary>Gets the name in the legend.</summary>
    public string Name { get; init; }

    /// <summary>Gets the index of the panel of the trace, from the left.</summary>
    /// <value>Defaults to 0.</value>
    public int Panel { get; init; }

    /// <summary>Gets the color, in CSS notation.</summary>
    /// <value>Defaults to the next color of <see cref="Palette"/>; traces with the same name have the same color.</value>
    public string? Color { get; init; }

    /// <summary>Gets the name of the trace's group. The traces of a group are shown and hidden together.</summary>
    /// <value>Defaults to null: no group.</value>
    public string? Group { get; init; }

    /// <summary>Gets a value that indicates whether the legend lists the trace.</summary>
    /// <value>Defaults to true.</value>
    public bool ShowInLegend { get; init; } = true;

    /// <summary>Gets the values on the vertical axis; NaN and infinities leave gaps.</summary>
    public abstract IReadOnlyList<double> Values { get; }
}
