using System.Text;
using System.Text.RegularExpressions;

namespace NotebookHost.Processes;

/// <summary>
/// Removes the frames of this program, the compiler and native libraries from the stack trace of a crash, so that the frames of the cell are visible.
/// </summary>
internal sealed partial class CrashTrace
{
    private static readonly string[] _starts = [FrameStart, "frame #", "Exception raised from "];

    private const string FrameStart = "   at ";

    // after a stack overflow, each of the methods at the top of the stack is shown once
    private const int MaxFrames = 20;

    private string _pending = "";
    private HashSet<string>? _overflow;
    private bool _isCut;

    /// <summary>Returns the text without those frames. An incomplete line that may be such a frame waits for the rest of the line.</summary>
    public string Filter(string text)
    {
        text = _pending + text;
        _pending = "";
        var kept = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var line = newline < 0 ? text[start..] : text[start..(newline + 1)];
            start += line.Length;
            if (newline < 0 && MayBecomeFrame(line))
                _pending = line;
            else if (!HostFrame().IsMatch(line) && !IsCut(line, kept))
                kept.Append(Named(line));
        }
        return kept.ToString();
    }

    /// <summary>Returns the waiting text at the end of the stream.</summary>
    public string Rest() => HostFrame().IsMatch(_pending) ? "" : _pending;

    private bool IsCut(string line, StringBuilder kept)
    {
        if (line.StartsWith("Stack overflow.", StringComparison.Ordinal))
            _overflow = [];
        if (_overflow is null || !line.StartsWith(FrameStart, StringComparison.Ordinal) || (_overflow.Count < MaxFrames && _overflow.Add(line)))
            return false;
        if (!_isCut)
            kept.Append("   …\n");
        _isCut = true;
        return true;
    }

    private static string Named(string line)
    {
        if (!line.StartsWith(FrameStart, StringComparison.Ordinal))
            return line;
        line = CellPlace().Replace(line, place => $"{(place.Groups["top"].Success ? "" : "in ")}{place.Groups["label"]}, line {place.Groups["line"]}");
        return MethodNames.Of(line);
    }

    private static bool MayBecomeFrame(string line)
        => Array.Exists(_starts, start => line.StartsWith(start, StringComparison.Ordinal) || start.StartsWith(line, StringComparison.Ordinal));

    [GeneratedRegex(
        @"^   at (NotebookHost\.|Microsoft\.|System\.|Interop\.|DynamicClass\.|Submission#\d+\.<(Initialize|Factory)>\(|Submission#\d+\+<<Initialize>>d__\d+\.MoveNext\(\)(?! in))"
        + @"|^frame #\d+: |^Exception raised from .* \(most recent call first\):")]
    private static partial Regex HostFrame();

    // in stack traces, a cell has the name of a file in the session's folder
    [GeneratedRegex(@"(?<top>Submission#\d+\+<<Initialize>>d__\d+\.MoveNext\(\) )?in [^\n]*?(?<label>cell \d+):line (?<line>\d+)")]
    private static partial Regex CellPlace();
}
