
namespace NotebookHost.Sessions;

/// <summary>What the compiler, debug information and error messages call a cell.</summary>
internal static class CellLabel
{
    public static string Of(int executionCount) => $"cell {executionCount}";
}
