
namespace NotebookHost.Sessions;

/// <summary>The names of cells for the compiler, debug information and error messages.</summary>
internal static class CellLabel
{
    private const string Prefix = "cell ";

    public static string Of(int executionCount) => $"{Prefix}{executionCount}";

    /// <summary>Returns whether a label belongs to a cell and not to a file or other code.</summary>
    public static bool IsCell(string label) => label.StartsWith(Prefix, StringComparison.Ordinal) && label.AsSpan(Prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;
}
