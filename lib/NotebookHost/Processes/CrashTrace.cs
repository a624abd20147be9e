using System.Text;
using System.Text.RegularExpressions;

namespace NotebookHost.Processes;

/// <summary>
/// Removes the frames of this program, the compiler and native libraries from the stack trace of a crash, so that the frames of the cell are visible.
/// </summary>
internal sealed partial class CrashTrace
{
    private static readonly string[] _starts = ["   at ", "frame #", "Exception raised from "];

    // after a stack overflow, the top of the stack is sufficient
    private const int MaxFrames = 20;

    private string _pending = "";
    private int? _frames;

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
                kept.Append(CellPlace().Replace(line, place => $"{(place.Groups["top"].Success ? "" : "in ")}{place.Groups["label"]}, line {place.Groups["line"]}"));
        }
        return kept.ToString();
    }

    /// <summary>Returns the waiting text at the end of the stream.</summary>
    public string Rest() => HostFrame().IsMatch(_pending) ? "" : _pending;

    private bool IsCut(string line, StringBuilder kept)
    {
        if (line.StartsWith("Stack overflow.", StringComparison.Ordinal))
            _frames = 0;
        if (_frames is null || !line.StartsWith("   at ", StringComparison.Ordinal))
            return false;
        _frames++;
        if (_frames == MaxFrames + 1)
            kept.Append("   …\n");
        return _frames > MaxFrames;
    }

    private static bool MayBecomeFrame(string line)
        => Array.Exists(_starts, start => line.StartsWith(start, StringComparison.Ordinal) || start.StartsWith(line, StringComparison.Ordinal));

    [GeneratedRegex(
        @"^   at (NotebookHost\.|Microsoft\.(CodeAnalysis|DotNet\.Interactive)\.|DynamicClass\.|System\.Runtime\.CompilerServices\.|System\.Runtime\.ControlledExecution"
        + @"|System\.Threading\.(ExecutionContext|Thread\.StartCallback|ThreadPoolWorkQueue|PortableThreadPool|Tasks\.)"
        + @"|System\.Environment\.FailFast|Submission#\d+\.<(Initialize|Factory)>\(|Submission#\d+\+<<Initialize>>d__\d+\.MoveNext\(\)(?! in))"
        + @"|^frame #\d+: |^Exception raised from .* \(most recent call first\):")]
    private static partial Regex HostFrame();

    // in stack traces, a cell has the name of a file in the session's folder
    [GeneratedRegex(@"(?<top>Submission#\d+\+<<Initialize>>d__\d+\.MoveNext\(\) )?in [^\n]*?(?<label>cell \d+):line (?<line>\d+)")]
    private static partial Regex CellPlace();
}
