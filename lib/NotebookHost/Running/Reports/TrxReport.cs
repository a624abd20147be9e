using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace NotebookHost.Running.Reports;

/// <summary>Writes the result of a batch as TRX, the format of <c>dotnet test</c> and Azure DevOps: a test for each cell, with the notebook as its class.</summary>
internal static class TrxReport
{
    private static readonly XNamespace _schema = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    // ids of the format: the type of unit tests, and the two lists of every file
    private const string UnitTestType = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string UnlistedResults = "8c84fa94-04c1-424b-9868-57a2d4851a1d";
    private const string LoadedResults = "19431567-8539-422a-85d7-44ee4e166bda";

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<NotebookResult> results, DateTimeOffset now)
        => XmlText.Write(path, Root(results, now));

    private static XElement Root(IReadOnlyList<NotebookResult> results, DateTimeOffset now)
    {
        var tests = results.SelectMany(Tests).ToList();
        var start = results.Select(result => result.Started).DefaultIfEmpty(now).Min();
        var run = Identify($"{now:O}");
        return Element(
            "TestRun",
            new XAttribute("id", run),
            new XAttribute("name", $"nb run {now.UtcDateTime:yyyy-MM-dd HH:mm:ss}"),
            Element(
                "Times",
                new XAttribute("creation", Time(start)),
                new XAttribute("queuing", Time(start)),
                new XAttribute("start", Time(start)),
                new XAttribute("finish", Time(now))),
            Element("TestSettings", new XAttribute("name", "default"), new XAttribute("id", Identify("settings"))),
            Element("Results", tests.Select(Result)),
            Element("TestDefinitions", tests.Select(Definition)),
            Element("TestEntries", tests.Select(test => Element(
                "TestEntry",
                new XAttribute("testId", test.Id),
                new XAttribute("executionId", test.ExecutionId),
                new XAttribute("testListId", UnlistedResults)))),
            Element(
                "TestLists",
                Element("TestList", new XAttribute("name", "Results Not in a List"), new XAttribute("id", UnlistedResults)),
                Element("TestList", new XAttribute("name", "All Loaded Results"), new XAttribute("id", LoadedResults))),
            Summary(results, tests));
    }

    private static IEnumerable<Test> Tests(NotebookResult result)
    {
        var start = result.Started;
        foreach (var cell in result.Cells)
        {
            var name = $"{Path.GetFileNameWithoutExtension(result.Name)}: cell {cell.Number}: {CellTitle.Of(cell.Cell)}";
            var id = Identify($"{result.Name}/{cell.Number}");
            yield return new Test(result, cell, XmlText.Of(name), id, Identify($"{id}/{start:O}"), start);
            start += cell.Duration;
        }
    }

    private static XElement Result(Test test) => Element(
        "UnitTestResult",
        new XAttribute("executionId", test.ExecutionId),
        new XAttribute("testId", test.Id),
        new XAttribute("testName", test.Name),
        new XAttribute("computerName", Environment.MachineName),
        new XAttribute("duration", test.Cell.Duration.ToString(@"hh\:mm\:ss\.fffffff", CultureInfo.InvariantCulture)),
        new XAttribute("startTime", Time(test.Start)),
        new XAttribute("endTime", Time(test.Start + test.Cell.Duration)),
        new XAttribute("testType", UnitTestType),
        new XAttribute("outcome", Outcome(test.Cell)),
        new XAttribute("testListId", UnlistedResults),
        new XAttribute("relativeResultsDirectory", test.ExecutionId),
        test.Cell.Error is not { } error ? null : Element("Output", test.Cell.Verdict == CellVerdict.ErrorAllowed
            ? Element("StdOut", XmlText.Of("Allowed: " + string.Join('\n', error.Traceback)))
            : Element(
                "ErrorInfo",
                Element("Message", XmlText.Of($"{error.Name}: {error.Message}")),
                Element("StackTrace", XmlText.Of(string.Join('\n', error.Traceback))))));

    private static XElement Definition(Test test) => Element(
        "UnitTest",
        new XAttribute("name", test.Name),
        new XAttribute("storage", XmlText.Of(test.Notebook.Name)),
        new XAttribute("id", test.Id),
        Element("Execution", new XAttribute("id", test.ExecutionId)),
        Element(
            "TestMethod",
            new XAttribute("codeBase", XmlText.Of(test.Notebook.Name)),
            new XAttribute("adapterTypeName", "executor://nb/run"),
            new XAttribute("className", XmlText.Of(Path.GetFileNameWithoutExtension(test.Notebook.Name))),
            new XAttribute("name", test.Name)));

    private static XElement Summary(IReadOnlyList<NotebookResult> results, List<Test> tests)
    {
        int Count(params string[] outcomes) => tests.Count(test => outcomes.Contains(Outcome(test.Cell), StringComparer.Ordinal));
        return Element(
            "ResultSummary",
            new XAttribute("outcome", results.All(result => result.Status == RunStatus.Succeeded) ? "Completed" : "Failed"),
            Element(
                "Counters",
                new XAttribute("total", tests.Count),
                new XAttribute("executed", tests.Count - Count("NotExecuted")),
                new XAttribute("passed", Count("Passed")),
                new XAttribute("failed", Count("Failed")),
                new XAttribute("error", 0),
                new XAttribute("timeout", Count("Timeout")),
                new XAttribute("aborted", Count("Aborted")),
                new XAttribute("inconclusive", 0),
                new XAttribute("passedButRunAborted", 0),
                new XAttribute("notRunnable", 0),
                new XAttribute("notExecuted", Count("NotExecuted")),
                new XAttribute("disconnected", 0),
                new XAttribute("warning", 0),
                new XAttribute("completed", 0),
                new XAttribute("inProgress", 0),
                new XAttribute("pending", 0)));
    }

    private static string Outcome(CellResult cell) => cell.Verdict switch
    {
        CellVerdict.Succeeded or CellVerdict.ErrorAllowed => "Passed",
        CellVerdict.NotReached => "NotExecuted",
        CellVerdict.Interrupted => "Aborted",
        _ => cell.Error!.Name is RunErrors.CellTimeLimit or RunErrors.NotebookTimeLimit ? "Timeout" : "Failed",
    };

    private static XElement Element(string name, params object?[] content) => new(_schema + name, content);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);

    // a cell has the same id in every run, so that servers can show its history
    private static string Identify(string what) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16)).ToString();

    private sealed record Test(NotebookResult Notebook, CellResult Cell, string Name, string Id, string ExecutionId, DateTimeOffset Start);
}
