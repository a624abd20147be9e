namespace NotebookHost.Cli;

/// <summary>What the user may have meant by a name that does not exist.</summary>
internal static class Suggestion
{
    private const int MostEdits = 2;

    /// <summary>Returns a question with the nearest of the names, or an empty string if none is near.</summary>
    public static string For(string name, IEnumerable<string> names)
        => names.Select(known => (Known: known, Edits: Edits(name, known))).MinBy(pair => pair.Edits) is { Edits: <= MostEdits } nearest
            ? $" Did you mean {nearest.Known}?"
            : "";

    /// <summary>Returns how many letters must be inserted, deleted, replaced or swapped with the next one.</summary>
    private static int Edits(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                var replaced = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[from.Length, to.Length];
    }
}
