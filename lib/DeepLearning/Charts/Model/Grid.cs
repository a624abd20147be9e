namespace DeepLearning.Charts;

/// <summary>The base of traces with numbers on a regular grid: heat maps and contour maps.</summary>
public abstract record Grid : Trace
{
    private protected Grid(string name, IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] z)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(z);
        if (x.Count == 0 || y.Count == 0 || z.GetLength(0) != y.Count || z.GetLength(1) != x.Count)
        {
            throw new ArgumentException(
                $"Trace '{name}' has {x.Count} values of x and {y.Count} of y, so z must be [{y.Count}, {x.Count}]; "
                + $"it is [{z.GetLength(0)}, {z.GetLength(1)}].", nameof(z));
        }
        (X, Y, Z) = (x, y, z);
        ShowInLegend = false;
    }

    /// <summary>Gets the horizontal coordinates of the columns, equally spaced.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Gets the vertical coordinates of the rows, equally spaced.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>Gets the numbers, [row, column]; NaN and infinities leave gaps.</summary>
#pragma warning disable CA1819 // a matrix has no read-only form
    public double[,] Z { get; }
#pragma warning restore CA1819

    /// <summary>Gets the colors of the numbers.</summary>
    /// <value>Defaults to <see cref="ColorScale.Viridis"/>.</value>
    public ColorScale Colors { get; init; } = ColorScale.Viridis;

    /// <summary>Gets the opacity of the colors, 0 to 1.</summary>
    /// <value>Defaults to 1.</value>
    public double Opacity { get; init; } = 1;

    /// <summary>Gets the title of the color scale.</summary>
    /// <value>Defaults to null: no scale is shown.</value>
    public string? ScaleTitle { get; init; }

    /// <summary>Gets the number for the first color of the scale.</summary>
    /// <value>Defaults to null: the lowest.</value>
    public double? Lowest { get; init; }

    /// <summary>Gets the number for the last color of the scale.</summary>
    /// <value>Defaults to null: the highest.</value>
    public double? Highest { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [.. Z.Cast<double>()];

    /// <summary>Returns the numbers for the first and the last color.</summary>
    internal (double Lowest, double Highest) Range()
    {
        var finite = Values.Where(double.IsFinite).ToList();
        var lowest = Lowest ?? (finite.Count > 0 ? finite.Min() : 0);
        var highest = Highest ?? (finite.Count > 0 ? finite.Max() : 1);
        return (lowest, highest > lowest ? highest : lowest + 1);
    }

    /// <summary>Returns a function from numbers to colors. Call this method once, because it computes the range of all numbers.</summary>
    internal Func<double, string> Coloring()
    {
        var (lowest, highest) = Range();
        return value => Colors.At((value - lowest) / (highest - lowest));
    }

    /// <summary>Returns the range from the first to the last coordinate, extended by half a step on both sides.</summary>
    internal static (double From, double To) Extent(IReadOnlyList<double> places)
    {
        var half = places.Count > 1 ? (places[^1] - places[0]) / (places.Count - 1) / 2 : 0.5;
        return (places[0] - half, places[^1] + half);
    }
}
