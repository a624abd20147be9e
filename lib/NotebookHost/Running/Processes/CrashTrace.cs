using System.Text;
using System.Text.RegularExpressions;

namespace NotebookHost.Running.Processes;

/// <summary>
/// Takes this program's and the compiler's frames out of the stack that .NET prints when it ends a process, so that the cell's are seen.
/// </summary>
internal sealed partial class CrashTrace
{
    private const string Frame = "   at ";

    private string _held = "";

    /// <summary>Text as it came, less those frames; what may become one is held back until its line ends.</summary>
    public string Filter(string text)
    {
        text = _held + text;
        _held = "";
        var kept = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var line = newline < 0 ? text[start..] : text[start..(newline + 1)];
            start += line.Length;
            if (newline < 0 && (line.StartsWith(Frame, StringComparison.Ordinal) || Frame.StartsWith(line, StringComparison.Ordinal)))
                _held = line;
            else if (!HostFrame().IsMatch(line))
                kept.Append(line);
        }
        return kept.ToString();
    }

    /// <summary>What is held back when nothing more will come.</summary>
    public string Rest() => HostFrame().IsMatch(_held) ? "" : _held;

    [GeneratedRegex(
        @"^   at (NotebookHost\.|Microsoft\.CodeAnalysis\.|System\.Runtime\.CompilerServices\.|System\.Runtime\.ControlledExecution"
        + @"|System\.Threading\.(ExecutionContext|Thread\.StartCallback|ThreadPoolWorkQueue|PortableThreadPool|Tasks\.)"
        + @"|Submission#\d+\.<(Initialize|Factory)>\()")]
    private static partial Regex HostFrame();
}
