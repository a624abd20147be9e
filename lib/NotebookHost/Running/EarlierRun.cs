using System.Globalization;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>The durations of the cells of a notebook in the previous run, from its executed copy.</summary>
internal sealed class EarlierRun
{
    private static readonly EarlierRun _none = new([]);

    // cells with the same text share an entry
    private readonly Dictionary<string, TimeSpan> _bySource;

    private EarlierRun(Dictionary<string, TimeSpan> bySource) => _bySource = bySource;

    /// <summary>Reads an executed copy. If the file does not exist or is not a notebook, the result is empty.</summary>
    public static EarlierRun Read(string path)
    {
        try
        {
            var durations = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
            foreach (var cell in NotebookDocument.Read(path).CodeCells)
            {
                if (Duration(cell.Metadata["execution"] as JsonObject) is { } duration)
                    durations[cell.Source] = duration;
            }
            return new EarlierRun(durations);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotebookFormatException)
        {
            return _none;
        }
    }

    /// <summary>Returns the duration of a cell; null if it is not known.</summary>
    public TimeSpan? Of(NotebookCell cell) => _bySource.TryGetValue(cell.Source, out var duration) ? duration : null;

    /// <summary>Returns the total duration of cells; null if no duration is known.</summary>
    public TimeSpan? Of(IEnumerable<NotebookCell> cells)
        => cells.Select(Of).OfType<TimeSpan>().ToList() is { Count: > 0 } known ? new TimeSpan(known.Sum(duration => duration.Ticks)) : null;

    private static TimeSpan? Duration(JsonObject? execution)
        => Time(execution?["iopub.execute_input"]) is { } start && Time(execution?["shell.execute_reply"]) is { } end && end >= start ? end - start : null;

    private static DateTimeOffset? Time(JsonNode? node)
        => DateTimeOffset.TryParse(MultilineText.Join(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
