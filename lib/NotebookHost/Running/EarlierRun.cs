using System.Globalization;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>How long the cells of a notebook took when it ran before, as its executed copy records it.</summary>
internal sealed class EarlierRun
{
    private static readonly EarlierRun _none = new([]);

    // cells of the same text are one
    private readonly Dictionary<string, TimeSpan> _bySource;

    private EarlierRun(Dictionary<string, TimeSpan> bySource) => _bySource = bySource;

    /// <summary>Reads an executed copy. A file that is missing or not a notebook gives nothing.</summary>
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

    /// <summary>Returns how long a cell took; null when that is not known.</summary>
    public TimeSpan? Of(NotebookCell cell) => _bySource.TryGetValue(cell.Source, out var duration) ? duration : null;

    /// <summary>Returns how long cells took together; null when none of them is known.</summary>
    public TimeSpan? Of(IEnumerable<NotebookCell> cells)
        => cells.Select(Of).OfType<TimeSpan>().ToList() is { Count: > 0 } known ? new TimeSpan(known.Sum(duration => duration.Ticks)) : null;

    private static TimeSpan? Duration(JsonObject? execution)
        => Time(execution?["iopub.execute_input"]) is { } start && Time(execution?["shell.execute_reply"]) is { } end && end >= start ? end - start : null;

    private static DateTimeOffset? Time(JsonNode? node)
        => DateTimeOffset.TryParse(MultilineText.Join(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
