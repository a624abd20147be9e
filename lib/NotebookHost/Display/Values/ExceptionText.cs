namespace NotebookHost.Display.Values;

/// <summary>Writes an exception with a short stack trace: for an infinite recursion, the beginning and the end.</summary>
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
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines.Length <= MaxLines
            ? text
            : string.Join('\n', [.. lines[..(MaxLines / 2)], $"   … {lines.Length - MaxLines} lines", .. lines[^(MaxLines / 2)..]]);
    }
}
