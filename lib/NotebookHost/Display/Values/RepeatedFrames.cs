using System.Globalization;

namespace NotebookHost.Display.Values;

/// <summary>Shortens stack traces of recursive methods.</summary>
internal static class RepeatedFrames
{
    // the number of methods that call each other
    private const int MaxPeriod = 4;

    private const int MinRepetitions = 3;

    /// <summary>Returns the lines of a stack trace with one copy of frames that are repeated, and the number of their repetitions.</summary>
    public static List<string> Fold(IReadOnlyList<string> lines)
    {
        var folded = new List<string>();
        for (var start = 0; start < lines.Count;)
        {
            var (period, repetitions) = Enumerable.Range(1, MaxPeriod)
                .Select(period => (Period: period, Repetitions: Repetitions(lines, start, period)))
                .FirstOrDefault(found => found.Repetitions >= MinRepetitions, (Period: 1, Repetitions: 1));
            folded.AddRange(lines.Skip(start).Take(period));
            if (repetitions > 1)
            {
                var which = period == 1 ? "the frame above" : $"the {period} frames above";
                folded.Add(string.Create(CultureInfo.InvariantCulture, $"   … {which} {repetitions - 1} more times"));
            }
            start += period * repetitions;
        }
        return folded;
    }

    private static int Repetitions(IReadOnlyList<string> lines, int start, int period)
    {
        var end = start;
        while (end < lines.Count && (end < start + period || lines[end] == lines[end - period]))
            end++;
        return (end - start) / period;
    }
}
