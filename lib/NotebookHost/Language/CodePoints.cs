namespace NotebookHost.Language;

/// <summary>Converts between positions in Unicode code points, which front ends use, and positions in UTF-16 code units, which .NET uses.</summary>
internal static class CodePoints
{
    /// <summary>Returns the position in the string; its end if it has fewer characters.</summary>
    public static int ToIndex(string text, int codePoints)
    {
        var index = 0;
        for (var count = 0; count < codePoints && index < text.Length; count++)
            index += IsPair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>Returns the number of code points before a position in the string.</summary>
    public static int FromIndex(string text, int index)
    {
        var count = 0;
        for (var i = 0; i < index; i += IsPair(text, i) ? 2 : 1)
            count++;
        return count;
    }

    private static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
