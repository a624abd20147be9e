using System.Globalization;
using System.Xml.Linq;

namespace NotebookHost.Running.Reports;

/// <summary>
/// Writes the result of a batch as JUnit XML, which most CI servers support: a suite for each notebook and a case for each cell. An error of a cell's code is
/// a failure; a time limit, a crash or an interruption is an error.
/// </summary>
internal static class JUnitReport
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<NotebookResult> results) => XmlText.Write(path, Root(results));

    // in the schema, the root has no count of skipped cases
    private static XElement Root(IReadOnlyList<NotebookResult> results)
    {
        var cells = results.SelectMany(result => result.Cells).ToList();
        var time = results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration);
        return new XElement("testsuites", new XAttribute("name", "nb run"), Counts(cells).SkipLast(1), Time(time), results.Select(Suite));
    }

    private static XElement Suite(NotebookResult result) => new(
        "testsuite",
        new XAttribute("name", XmlText.Of(result.Name)),
        Counts(result.Cells),
        Time(result.Duration),
        new XAttribute("timestamp", result.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
        result.Cells.Select(cell => Case(result, cell)));

    private static XElement Case(NotebookResult result, CellResult cell) => new(
        "testcase",
        new XAttribute("classname", XmlText.Of(Path.GetFileNameWithoutExtension(result.Name))),
        new XAttribute("name", XmlText.Of($"cell {cell.Number}: {CellTitle.Of(cell.Cell)}")),
        Time(cell.Duration),
        cell.Verdict switch
        {
            CellVerdict.Failed or CellVerdict.Interrupted => Problem(IsError(cell) ? "error" : "failure", cell),
            CellVerdict.ErrorAllowed => new XElement("system-out", XmlText.Of("Allowed: " + string.Join('\n', cell.Error!.Traceback))),
            CellVerdict.NotReached => new XElement("skipped", new XAttribute("message", "The run ended before this cell.")),
            _ => null,
        });

    private static XElement Problem(string name, CellResult cell) => new(
        name,
        new XAttribute("message", XmlText.Of(cell.Error!.Message)),
        new XAttribute("type", XmlText.Of(cell.Error.Name)),
        XmlText.Of(string.Join('\n', cell.Error.Traceback)));

    private static IEnumerable<XAttribute> Counts(IReadOnlyList<CellResult> cells)
    {
        yield return new XAttribute("tests", cells.Count);
        yield return new XAttribute("failures", cells.Count(cell => cell.Verdict == CellVerdict.Failed && !IsError(cell)));
        yield return new XAttribute("errors", cells.Count(IsError));
        // last: see Root
        yield return new XAttribute("skipped", cells.Count(cell => cell.Verdict == CellVerdict.NotReached));
    }

    private static bool IsError(CellResult cell)
        => cell.Verdict == CellVerdict.Interrupted || (cell.Verdict == CellVerdict.Failed && RunErrors.IsRunners(cell.Error!));

    private static XAttribute Time(TimeSpan time) => new("time", time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
}
