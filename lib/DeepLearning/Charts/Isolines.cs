namespace DeepLearning.Charts;

/// <summary>Computes the contour lines of a grid with marching squares.</summary>
internal static class Isolines
{
    /// <summary>Returns line segments for each level of a contour.</summary>
    /// <param name="contour">The heights.</param>
    /// <param name="stride">The width of a square in grid steps.</param>
    internal static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Of(Contour contour, int stride)
    {
        var levels = Levels(contour);
        for (var row = 0; row + stride < contour.Y.Count; row += stride)
        {
            for (var column = 0; column + stride < contour.X.Count; column += stride)
            {
                var corners = Corners(contour, row, column, stride);
                foreach (var level in levels)
                {
                    var crossings = Crossings(corners, level);
                    for (var i = 0; i + 1 < crossings.Count; i += 2)
                        yield return (crossings[i], crossings[i + 1]);
                }
            }
        }
    }

    /// <summary>Returns the levels of the lines, which are round numbers.</summary>
    internal static IReadOnlyList<double> Levels(Contour contour)
    {
        var (lowest, highest) = contour.Range();
        return Ticks.Between(lowest, highest, contour.Lines, AxisFormat.Number).Values;
    }

    private static (double X, double Y, double Z)[] Corners(Contour contour, int row, int column, int stride) =>
    [
        At(contour, row, column), At(contour, row, column + stride),
        At(contour, row + stride, column + stride), At(contour, row + stride, column),
    ];

    private static (double X, double Y, double Z) At(Contour contour, int row, int column) => (contour.X[column], contour.Y[row], contour.Z[row, column]);

    /// <summary>Returns the crossings of the level with the four sides of a square: none, two, or four at a saddle point.</summary>
    private static List<(double X, double Y)> Crossings((double X, double Y, double Z)[] corners, double level)
    {
        List<(double X, double Y)> crossings = [];
        for (var i = 0; i < corners.Length; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % corners.Length]);
            if ((from.Z < level) == (to.Z < level) || !double.IsFinite(from.Z + to.Z))
                continue;
            var share = (level - from.Z) / (to.Z - from.Z);
            crossings.Add((from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y)));
        }

        return crossings;
    }
}
