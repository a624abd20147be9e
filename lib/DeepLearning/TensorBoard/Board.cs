using DeepLearning.Charts;
using DeepLearning.Display;
using Microsoft.Data.Analysis;
using static System.FormattableString;

namespace DeepLearning.TensorBoard;

/// <summary>
/// The runs of a folder, read from TensorBoard files of this library, PyTorch or TensorFlow. A notebook displays the runs as a board with curves,
/// histograms, images, hyperparameters, graphs and texts.
/// </summary>
/// <remarks>Tutorial 004, Tensorboard.</remarks>
[TypeFormatterSource(typeof(BoardFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
public sealed partial class Board
{
    private const string EventFiles = "*tfevents*";

    private readonly SortedDictionary<string, BoardRun> _runs = new(StringComparer.Ordinal);

    private Board(string folder) => Folder = folder;

    /// <summary>Gets the folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the runs in the order of their names.</summary>
    public IReadOnlyList<BoardRun> Runs => [.. _runs.Values];

    /// <summary>Gets the tags of all curves.</summary>
    public IReadOnlyList<string> Tags => [.. _runs.Values.SelectMany(run => run.Scalars.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Gets the tags of all curves in display order: losses, accuracies, others; curves with a single point last.</summary>
    internal IReadOnlyList<string> TagsAsShown => [.. Tags.OrderBy(IsPoint).ThenBy(Rank).ThenBy(tag => tag, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Gets a run by its name.</summary>
    /// <exception cref="KeyNotFoundException">No run has this name.</exception>
    public BoardRun this[string run] => _runs.TryGetValue(run, out var found) ? found
        : throw new KeyNotFoundException($"There is no run '{run}' in {Folder}; the runs are {string.Join(", ", _runs.Keys)}.");

    /// <summary>Reads all runs in a folder and its subfolders.</summary>
    /// <param name="folder">The folder of the runs. If the folder does not exist yet, the board has no runs.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static Board Read(string folder = "runs")
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var board = new Board(folder);
        board.Refresh();
        return board;
    }

    /// <summary>Reads the events that were written since the last call.</summary>
    /// <returns>true if there were new events; otherwise false.</returns>
    public bool Refresh()
    {
        if (!Directory.Exists(Folder))
            return false;
        var isNew = false;
        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var files in Directory.EnumerateFiles(Folder, EventFiles, everything).GroupBy(file => Path.GetDirectoryName(file)!))
        {
            var name = Path.GetRelativePath(Folder, files.Key).Replace('\\', '/');
            if (!_runs.TryGetValue(name, out var run))
                _runs[name] = run = new BoardRun(name, files.Key);
            isNew |= run.Read(files);
        }
        return isNew;
    }

    private bool IsPoint(string tag) => _runs.Values.All(run => !run.Scalars.TryGetValue(tag, out var points) || points.Count <= 1);

    private static int Rank(string tag) => tag.Contains("loss", StringComparison.OrdinalIgnoreCase) ? 0 : tag.Contains("acc", StringComparison.OrdinalIgnoreCase) ? 1 : 2;

    /// <summary>Draws a curve of all runs that have it.</summary>
    /// <param name="tag">The tag of the curve.</param>
    /// <exception cref="ArgumentException">No run has the curve.</exception>
    public Figure Chart(string tag)
    {
        var runs = _runs.Values.Select((run, i) => (Run: run, Color: BoardColors.At(i)));
        var lines = runs.Where(entry => entry.Run.Scalars.ContainsKey(tag)).Select(entry =>
        {
            var points = entry.Run.Scalars[tag];
            return new Scatter(entry.Run.Name, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Value)])
            {
                Color = entry.Color,
                Mode = points.Count == 1 ? ScatterMode.Markers : ScatterMode.Lines,
            };
        }).ToList();
        if (lines.Count == 0)
            throw new ArgumentException($"No run in {Folder} has a curve '{tag}'; the curves are {string.Join(", ", Tags)}.", nameof(tag));
        return new Figure(lines, new Layout(tag, [new Panel { X = new Axis("step") { Format = AxisFormat.Whole }, Y = new Axis(tag) }]));
    }

    /// <summary>Returns a table of the points of all curves: run, tag, step, seconds since 1970, value.</summary>
    public DataFrame Table()
    {
        var rows = (
            from run in _runs.Values
            from curve in run.Scalars
            from point in curve.Value
            select (run.Name, Tag: curve.Key, Point: point)).ToList();
        return new DataFrame(
            new StringDataFrameColumn("run", rows.Select(row => row.Name)),
            new StringDataFrameColumn("tag", rows.Select(row => row.Tag)),
            new Int64DataFrameColumn("step", rows.Select(row => (long?)row.Point.Step)),
            new DoubleDataFrameColumn("time", rows.Select(row => (double?)(row.Point.Time - DateTimeOffset.UnixEpoch).TotalSeconds)),
            new DoubleDataFrameColumn("value", rows.Select(row => (double?)row.Point.Value)));
    }

    /// <summary>Returns self-contained HTML; without scripts, it shows the first curves.</summary>
    public string ToHtml() => BoardHtml.Of(this);

    /// <summary>Returns the content of the board as JSON, for the script of the page.</summary>
    public string ToJson() => BoardJson.Of(this).ToJsonString(BoardJson.Options);

    /// <summary>Returns a text with a line for each run and its last values.</summary>
    public override string ToString() => string.Join('\n', _runs.Values
        .Select(run => $"{run.Name}: {string.Join(", ", run.Scalars.Select(curve => Invariant($"{curve.Key} {curve.Value[^1].Value:G5}")))}")
        .DefaultIfEmpty($"There are no runs in {Folder} yet."));
}
