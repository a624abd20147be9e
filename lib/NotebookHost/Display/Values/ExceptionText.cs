namespace NotebookHost.Display.Values;

/// <summary>Writes an exception with a short stack trace.</summary>
internal static class ExceptionText
{
    private const int MaxLines = 40;

    /// <summary>Returns the text of an exception, with a long stack trace truncated.</summary>
    public static string Of(Exception exception)
    {
        string text;
        try
        {
            text = CSharpNames.WithoutSubmissions(exception.ToString());
        }
#pragma warning disable CA1031 // the text of the exception is code of the notebook
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            text = $"{CSharpNames.WithoutSubmissions(exception.GetType().ToString())} (ToString: {error.GetType().Name})";
        }
        var lines = RepeatedFrames.Fold(text.ReplaceLineEndings("\n").Split('\n'));
        return string.Join('\n', lines.Count <= MaxLines
            ? lines
            : [.. lines[..(MaxLines / 2)], $"   … {lines.Count - MaxLines} lines", .. lines[^(MaxLines / 2)..]]);
    }
}
