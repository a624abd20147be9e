
namespace NotebookHost.Sessions;

/// <summary>What the compiler, debug information and error messages call a cell.</summary>
internal static class CellLabel
{
    private const string Prefix = "cell ";

    public static string Of(int executionCount) => $"{Prefix}{executionCount}";

    /// <summary>Returns whether a label is that of a cell, rather than of a file or of code from elsewhere.</summary>
    public static bool IsCell(string label) => label.StartsWith(Prefix, StringComparison.Ordinal) && label.AsSpan(Prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;
}
