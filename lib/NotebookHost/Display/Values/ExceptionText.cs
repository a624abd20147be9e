namespace NotebookHost.Display.Values;

/// <summary>Writes an exception with a trace that a reader can read: of a recursion without end, the beginning and the end.</summary>
internal static class ExceptionText
{
    private const int MostLines = 40;

    /// <summary>Returns the exception's text, without most of a long trace.</summary>
    public static string Of(Exception exception)
    {
        string text;
        try
        {
            text = CSharpNames.WithoutSubmissions(exception.ToString());
        }
#pragma warning disable CA1031 // the exception's text is the notebook's code
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            text = $"{CSharpNames.WithoutSubmissions(exception.GetType().ToString())} (ToString: {error.GetType().Name})";
        }
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines.Length <= MostLines
            ? text
            : string.Join('\n', [.. lines[..(MostLines / 2)], $"   … {lines.Length - MostLines} lines", .. lines[^(MostLines / 2)..]]);
    }
}
