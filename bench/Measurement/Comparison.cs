namespace Bench.Measurement;

/// <summary>Runs both sides alternately, so that other load of the machine affects both, and computes medians.</summary>
internal static class Comparison
{
    public static async Task<IReadOnlyList<Row>> RunAsync(Suite suite, int rounds, CancellationToken cancellation)
    {
        var ours = new OurSide();
        var theirs = PyTorchSide.For(suite);
        Side[] sides = [ours, .. theirs];
        var figures = sides.ToDictionary(side => side, _ => new Dictionary<string, List<double>>());
        List<string> names = [];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var side in sides)
            {
                foreach (var (name, value) in await side.MeasureAsync(suite, cancellation).ConfigureAwait(false))
                {
                    if (!figures[side].TryGetValue(name, out var values))
                        figures[side].Add(name, values = []);
                    values.Add(value);
                    if (side == ours && round == 0)
                        names.Add(name);
                }
            }
        }
        return [.. names.Select(name => RowOf(suite, name, figures[ours][name], theirs, figures))];
    }

    private static Row RowOf(
        Suite suite, string name, List<double> ours, IReadOnlyList<PyTorchSide> theirs,
        Dictionary<Side, Dictionary<string, List<double>>> figures)
    {
        var (value, setting) = theirs
            .Select(side => (Value: (double?)Median(figures[side][name]), (string?)side.Setting))
            .DefaultIfEmpty()
            .MinBy(best => best.Value);
        return new Row(suite.Name, name, Median(ours), value, setting);
    }

    public static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
