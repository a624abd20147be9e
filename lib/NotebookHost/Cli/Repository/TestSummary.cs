using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookHost.Cli.Repository;

/// <summary>Sums the results of the test runner for each project and collects the reasons of skipped tests.</summary>
internal sealed partial class TestSummary
{
    private readonly Dictionary<string, int> _reasons = [];
    private readonly List<(string Project, TimeSpan Duration)> _durations = [];
    private readonly List<(string Project, int Code)> _aborted = [];
    private int _passed;
    private int _failed;
    private int _skipped;
    private bool _hasResults;
    private bool _reasonFollows;

    /// <summary>Gets a value that indicates whether tests ran, none failed, and every project reported its results.</summary>
    public bool HasPassed => _passed > 0 && _failed == 0 && _aborted.Count == 0;

    /// <summary>Processes a line of the runner's output.</summary>
    public void Read(string line)
    {
        if (Totals().Match(line) is { Success: true } totals)
        {
            _hasResults = true;
            _failed += Number(totals, "failed");
            _passed += Number(totals, "passed");
            _skipped += Number(totals, "skipped");
        }
        else if (Total().Match(line) is { Success: true } total)
        {
            // a detailed logger reports each number on a separate line
            _hasResults = true;
            ref var sum = ref _passed;
            if (total.Groups["what"].Value == "Failed")
                sum = ref _failed;
            else if (total.Groups["what"].Value == "Skipped")
                sum = ref _skipped;
            sum += Number(total, "count");
        }
        if (_reasonFollows && Stamp().Match(line) is { Success: true } reason)
            _reasons[reason.Groups["text"].Value] = _reasons.GetValueOrDefault(reason.Groups["text"].Value) + 1;
        _reasonFollows = Stamp().IsMatch(line) && line.EndsWith("[SKIP]", StringComparison.Ordinal);
    }

    /// <summary>Records the end of a project: its duration, and whether the runner ended without results.</summary>
    /// <remarks>A runner without matching tests ends with 0 and reports no results.</remarks>
    public void Ended(string project, TimeSpan duration, int code)
    {
        _durations.Add((project, duration));
        if (!_hasResults && code != 0)
            _aborted.Add((project, code));
        _hasResults = false;
    }

    /// <summary>Writes the duration of each project, the projects without results, each reason of skipped tests with the number of tests, and the totals.</summary>
    public void Write(TextWriter writer)
    {
        foreach (var (project, duration) in _durations)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds,6:0} s  {project}"));
        foreach (var (project, code) in _aborted)
            writer.WriteLine($"aborted: {project} ended with exit code {code} before it reported its results");
        foreach (var (reason, count) in _reasons.OrderByDescending(pair => pair.Value))
            writer.WriteLine($"skipped, {count}: {reason}");
        writer.WriteLine($"{_passed} passed, {_failed} failed, {_skipped} skipped");
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(Passed|Failed|Skipped)! +- Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+)")]
    private static partial Regex Totals();

    [GeneratedRegex(@"^ +(?<what>Passed|Failed|Skipped): (?<count>\d+)$")]
    private static partial Regex Total();

    [GeneratedRegex(@"^\[xUnit\.net [\d:.]+\] +(?<text>.+)$")]
    private static partial Regex Stamp();
}
