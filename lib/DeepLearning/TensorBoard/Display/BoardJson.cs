using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepLearning.Charts;
using DeepLearning.Display;

namespace DeepLearning.TensorBoard;

/// <summary>Writes a board as JSON for its script, with at most as many points as a screen can show.</summary>
internal static class BoardJson
{
    private const int MostPoints = 1000;
    private const int MostHistograms = 30;
    private const int MostImages = 8;
    private const int MostNodes = 1500;
    private const int Bins = 40;

    // escapes <, > and &, so the JSON can be inside a script element
    internal static JsonSerializerOptions Options => ScriptJson.Options;

    internal static JsonObject Of(Board board)
    {
        var runs = board.Runs;
        return new JsonObject
        {
            ["folder"] = board.Folder,
            ["runs"] = new JsonArray([.. runs.Select(RunOf)]),
            ["scalars"] = ByTag(runs, run => run.Scalars, Curve, board.TagsAsShown),
            ["histograms"] = ByTag(runs, run => run.Histograms, Histograms),
            ["images"] = ByTag(runs, run => run.Images, Images),
            ["texts"] = ByTag(runs, run => run.Texts, Texts),
            ["graphs"] = new JsonObject(runs.Where(run => run.Graph.Count > 0).Select(run => KeyValuePair.Create(run.Name, (JsonNode?)Graph(run.Graph)))),
        };
    }

    private static JsonNode RunOf(BoardRun run, int index) => new JsonObject
    {
        ["name"] = run.Name,
        ["color"] = BoardColors.At(index),
        ["notes"] = new JsonArray([.. run.Notes.Select(note => (JsonNode)note)]),
        ["status"] = run.Status,
        ["settings"] = new JsonObject(run.Settings.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)Setting(setting.Value)))),
        ["metrics"] = new JsonObject(run.Metrics.Where(run.Scalars.ContainsKey)
            .Select(tag => KeyValuePair.Create(tag, (JsonNode?)ScriptJson.Number(run.Scalars[tag][^1].Value)))),
    };

    private static JsonValue? Setting(object value) => value switch
    {
        bool truth => JsonValue.Create(truth),
        double number => ScriptJson.Number(number),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static JsonObject ByTag<TPoint>(
        IReadOnlyList<BoardRun> runs, Func<BoardRun, IReadOnlyDictionary<string, List<TPoint>>> series, Func<List<TPoint>, JsonNode> write,
        IEnumerable<string>? tags = null) =>
        new((tags ?? runs.SelectMany(run => series(run).Keys).Distinct().Order(StringComparer.Ordinal)).Select(tag => KeyValuePair.Create(
            tag,
            (JsonNode?)new JsonObject(runs.Where(run => series(run).ContainsKey(tag))
                .Select(run => KeyValuePair.Create(run.Name, (JsonNode?)write(series(run)[tag])))))));

    private static JsonObject Curve(List<ScalarPoint> points)
    {
        var kept = Downsampling.Keep([.. points.Select(point => point.Value)], MostPoints).Select(i => points[i]).ToList();
        var start = points[0].Time;
        return new JsonObject
        {
            ["steps"] = ScriptJson.Array(kept, point => JsonValue.Create(point.Step)),
            ["seconds"] = ScriptJson.Array(kept, point => JsonValue.Create(Math.Round((point.Time - start).TotalSeconds, 3))),
            ["values"] = ScriptJson.Array(kept, point => ScriptJson.Number(point.Value)),
        };
    }

    private static JsonObject Histograms(List<HistogramPoint> points)
    {
        var kept = Spread(points, MostHistograms);
        var (min, max) = (kept.Min(point => point.Min), kept.Max(point => point.Max));
        if (!(max > min))
            (min, max) = (min - 0.5, min + 0.5);
        return new JsonObject
        {
            ["min"] = ScriptJson.Number(min),
            ["max"] = ScriptJson.Number(max),
            ["steps"] = ScriptJson.Array(kept, point => JsonValue.Create(point.Step)),
            ["counts"] = ScriptJson.Array(kept, point =>
                ScriptJson.Array(EvenBins.Of(point, min, max, Bins), count => JsonValue.Create(Math.Round(count, 2)))),
        };
    }

    private static JsonArray Images(List<ImagePoint> points) => ScriptJson.Array(Spread(points, MostImages), point => new JsonObject
    {
        ["step"] = point.Step,
        ["width"] = point.Width,
        ["source"] = $"data:{(point.Width > 0 ? "image/png" : "image/svg+xml")};base64,{Convert.ToBase64String(point.File.Span)}",
    });

    private static JsonArray Texts(List<TextPoint> points) =>
        ScriptJson.Array(points, point => new JsonObject { ["step"] = point.Step, ["text"] = point.Text });

    private static JsonArray Graph(IReadOnlyList<GraphNode> graph) => ScriptJson.Array(graph.Take(MostNodes), node => new JsonObject
    {
        ["name"] = node.Name,
        ["kind"] = node.Kind,
        ["inputs"] = ScriptJson.Array(node.Inputs, input => JsonValue.Create(input)),
        ["shape"] = node.Shape,
    });

    /// <summary>Returns at most the given number of points, equally spaced and including the last point.</summary>
    private static List<TPoint> Spread<TPoint>(List<TPoint> points, int most) => points.Count <= most
        ? points
        : [.. Enumerable.Range(0, most).Select(i => points[(int)((long)i * (points.Count - 1) / (most - 1))])];
}
