namespace NotebookHost.Sessions;

/// <summary>Limits the output of a cell.</summary>
/// <param name="maxLength">The maximum number of characters.</param>
/// <param name="notice">The text that replaces the rest.</param>
internal sealed class OutputLimit(long maxLength, string notice)
{
    private const int MaxText = 32_000_000;
    private const int MaxDisplays = 128_000_000;

    private long _length;

    /// <summary>Returns the limit of a cell's text in a notebook.</summary>
    public static OutputLimit OfText() => new(MaxText, "\n… the rest of this cell's text is omitted: it has more than 32 million characters\n");

    /// <summary>Returns the limit of a cell's displays in a notebook.</summary>
    public static OutputLimit OfDisplays() => new(MaxDisplays, "\n… the rest of this cell's displays is omitted: they have more than 128 million characters\n");

    /// <summary>Counts output that cannot be divided.</summary>
    /// <param name="length">The length in characters.</param>
    /// <param name="onLimit">A function that receives the notice when the limit is reached.</param>
    /// <returns>Whether the output is within the limit.</returns>
    public bool TryTake(long length, Action<string> onLimit)
    {
        if (_length > maxLength)
            return false;
        _length += length;
        if (_length > maxLength)
            onLimit(notice);
        return _length <= maxLength;
    }

    /// <summary>Counts text.</summary>
    /// <returns>The part of the text within the limit, followed by the notice if the limit is reached; "" if the limit was reached earlier.</returns>
    public string Take(string text)
    {
        if (_length > maxLength)
            return "";
        var room = (int)Math.Min(maxLength - _length, text.Length);
        _length += text.Length;
        if (_length <= maxLength)
            return text;
        if (room > 0 && char.IsHighSurrogate(text[room - 1]))
            room--;
        return text[..room] + notice;
    }
}
