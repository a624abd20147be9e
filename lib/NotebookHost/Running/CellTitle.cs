using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>The title of a cell: its first line of code.</summary>
internal static class CellTitle
{
    private const int MaxLength = 70;

    public static string Of(NotebookCell cell)
    {
        var lines = cell.Source.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var code = lines.FirstOrDefault(line => !line.StartsWith("//", StringComparison.Ordinal)) ?? lines[0];
        if (code.Length <= MaxLength)
            return code;
        var end = char.IsHighSurrogate(code[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return code[..end] + "…";
    }
}
