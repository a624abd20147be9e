namespace NotebookHost.Scripting;

/// <summary>Finds the name that a user probably meant by one that does not exist.</summary>
internal static class NearestName
{
    private const int MostEdits = 2;

    /// <summary>Returns the nearest of the names; null when none is near.</summary>
    public static string? Of(string name, IEnumerable<string> names)
    {
        // every letter of a short name may be edited away
        var most = Math.Min(MostEdits, Math.Max(1, name.Length / 2));
        var nearest = names
            .Where(known => Math.Abs(known.Length - name.Length) <= most)
            .Select(known => (Known: known, Edits: Edits(name, known)))
            .Where(pair => pair.Edits <= most)
            .OrderBy(pair => pair.Edits)
            .ThenBy(pair => pair.Known.StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.StartsWith(pair.Known, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .FirstOrDefault();
        return nearest.Known;
    }

    /// <summary>Returns how many letters must be inserted, deleted, replaced or swapped with the next one; case does not count.</summary>
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
