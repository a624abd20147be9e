namespace NotebookHost.Scripting;

/// <summary>Finds the most similar name to an unknown name.</summary>
internal static class NearestName
{
    private const int MaxEdits = 2;

    /// <summary>Returns the most similar name; null if no name is similar enough.</summary>
    public static string? Of(string name, IEnumerable<string> names)
    {
        // for a short name, edits could replace every letter
        var most = Math.Min(MaxEdits, Math.Max(1, name.Length / 2));
        var nearest = names
            .Where(known => Math.Abs(known.Length - name.Length) <= most)
            .Select(known => (Known: known, Edits: Edits(name, known)))
            .Where(pair => pair.Edits <= most)
            .OrderBy(pair => pair.Edits)
            .ThenBy(pair => pair.Known.StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.StartsWith(pair.Known, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .FirstOrDefault();
        return nearest.Known;
    }

    /// <summary>Returns the number of letters to insert, delete, replace or swap with the next letter, ignoring case.</summary>
    public static int Edits(string from, string to)
    {
        (from, to) = (from.ToUpperInvariant(), to.ToUpperInvariant());
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
